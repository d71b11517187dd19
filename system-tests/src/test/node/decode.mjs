// Reads every event there is on Amrutam's topics with stock clients and their defaults, prints one line for each, and
// ends with a count per topic. usage: node decode.mjs [bootstrap-server [schema-registry-url]]
import { Kafka, logLevel } from 'kafkajs';
import { SchemaRegistryClient, SerdeType, AvroDeserializer } from '@confluentinc/schemaregistry';

const [bootstrap = '127.0.0.1:19092', registryUrl = 'http://127.0.0.1:18081/apis/ccompat/v7'] = process.argv.slice(2);
const kafka = new Kafka({ clientId: 'event-reader', brokers: [bootstrap], logLevel: logLevel.ERROR });
const registry = new SchemaRegistryClient({ baseURLs: [registryUrl], createAxiosDefaults: { timeout: 5000 } });
const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});

const admin = kafka.admin();
await admin.connect();
const topics = (await admin.listTopics()).filter((topic) => /^(identity|doctor|booking|notification)\..*\.v\d+$/.test(topic));
// What has to be read: everything up to the end of each partition as it is now.
const left = new Set();
for (const topic of topics) {
  for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
    if (Number(high) > Number(low)) left.add(`${topic}/${partition}/${Number(high) - 1}`);
  }
}
await admin.disconnect();

const counts = Object.fromEntries(topics.map((topic) => [topic, 0]));
const consumer = kafka.consumer({ groupId: `event-reader-${Date.now()}` });
if (left.size > 0) {
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: true });
  await new Promise((resolve, reject) => {
    let quiet = 0;
    const watch = setInterval(() => {
      quiet += 1;
      if (quiet === 30) reject(new Error(`Nothing came for 30 s; still to come: ${[...left].join(' ')}`));
    }, 1000);
    consumer.run({
      eachMessage: async ({ topic, partition, message }) => {
        quiet = 0;
        try {
          if (message.value !== null) {
            const event = await decoded(topic, message.value);
            counts[topic] += 1;
            console.log(`${topic} ${message.headers['event-id']} ${JSON.stringify(event, plain)}`);
          }
          left.delete(`${topic}/${partition}/${message.offset}`);
          if (left.size === 0) {
            clearInterval(watch);
            resolve();
          }
        } catch (error) {
          reject(error);
        }
      },
    }).catch(reject);
  });
  await consumer.disconnect();
}
for (const [topic, count] of Object.entries(counts)) console.log(`count ${topic} ${count}`);
// The registry's client keeps its connections for a while, which would keep this process too.
process.exit();

/**
 * Apicurio 3.3 leaves a request without an answer now and then, most of all when it has just started. The client then waits
 * for ever by default, and with a time limit it gives up at once.
 */
async function decoded(topic, value, attempts = 3) {
  try {
    return await deserializer.deserialize(topic, value);
  } catch (error) {
    if (error.code !== 'ECONNABORTED' || attempts === 1) throw error;
    return decoded(topic, value, attempts - 1);
  }
}

/** Bytes (an encrypted code) and 64-bit numbers in a form JSON knows. */
function plain(key, value) {
  if (typeof value === 'bigint') return value.toString();
  return value?.type === 'Buffer' ? `<${value.data.length} bytes>` : value;
}
