'use strict';

const ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  filter: true,
  tryItOutEnabled: true,
  // Whoever logs in by the operations themselves is logged in too.
  responseInterceptor: response => {
    if (response.ok && /\/auth\/(token|refresh)$/.test(response.url)) {
      use(response.body ?? JSON.parse(response.text));
    }
    return response;
  },
});

const element = id => document.getElementById(id);
let challengeId;

function use(tokens) {
  ui.preauthorizeApiKey('accessToken', tokens.accessToken);
  element('standing').textContent = `Logged in as ${tokens.user.roles.join(', ')}`;
}

async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.detail);
  }
  return answer;
}

/** Shows what goes wrong where people look. */
async function attempt(action) {
  try {
    await action();
  } catch (problem) {
    element('standing').textContent = problem.message;
  }
}

element('login').addEventListener('submit', event => {
  event.preventDefault();
  attempt(async () => {
    const challenge = await post('/api/v1/auth/otp', {phone: element('phone').value.trim()});
    challengeId = challenge.challengeId;
    element('code').disabled = element('log-in').disabled = false;
    element('code').focus();
    element('standing').textContent = 'The code is on its way';
  });
});

element('log-in').addEventListener('click', () => attempt(async () =>
  use(await post('/api/v1/auth/token', {challengeId, code: element('code').value}))));
