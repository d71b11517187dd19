create table specialization (
    code     text    primary key check (code ~ '^[A-Z][A-Z_]*$'),
    position integer not null unique,
    name_en  text    not null,
    name_hi  text    not null
);

-- The branches of Ayurveda first, in the order its colleges teach them, then what patients of any hospital ask for.
insert into specialization (position, code, name_en, name_hi) values
    ( 1, 'KAYACHIKITSA',      'Internal Medicine (Kayachikitsa)',                      'कायचिकित्सा'),
    ( 2, 'PANCHAKARMA',       'Panchakarma',                                           'पंचकर्म'),
    ( 3, 'SHALYA_TANTRA',     'Surgery (Shalya Tantra)',                               'शल्य तंत्र'),
    ( 4, 'SHALAKYA_TANTRA',   'Eye, Ear, Nose and Throat (Shalakya Tantra)',           'शालाक्य तंत्र'),
    ( 5, 'PRASUTI_STRI_ROGA', 'Obstetrics and Women''s Health (Prasuti Stri Roga)',    'प्रसूति तंत्र एवं स्त्री रोग'),
    ( 6, 'KAUMARBHRITYA',     'Child Health (Kaumarbhritya)',                          'कौमारभृत्य'),
    ( 7, 'AGADA_TANTRA',      'Toxicology (Agada Tantra)',                             'अगद तंत्र'),
    ( 8, 'RASAYANA',          'Rejuvenation (Rasayana)',                               'रसायन'),
    ( 9, 'VAJIKARANA',        'Fertility and Vitality (Vajikarana)',                   'वाजीकरण'),
    (10, 'SWASTHAVRITTA',     'Preventive Health and Yoga (Swasthavritta)',            'स्वस्थवृत्त एवं योग'),
    (11, 'DRAVYAGUNA',        'Herbal Medicine (Dravyaguna)',                          'द्रव्यगुण'),
    (12, 'RASASHASTRA',       'Medicine Preparation (Rasashastra)',                    'रसशास्त्र एवं भैषज्य कल्पना'),
    (13, 'ROGA_NIDANA',       'Diagnosis (Roga Nidana)',                               'रोग निदान'),
    (14, 'MANASA_ROGA',       'Mental Health (Manasa Roga)',                           'मानस रोग'),
    (15, 'GENERAL_MEDICINE',  'General Medicine',                                      'सामान्य चिकित्सा'),
    (16, 'DERMATOLOGY',       'Dermatology',                                           'त्वचा रोग'),
    (17, 'GASTROENTEROLOGY',  'Gastroenterology',                                      'जठरांत्र रोग'),
    (18, 'GYNAECOLOGY',       'Gynaecology',                                           'स्त्री रोग'),
    (19, 'PAEDIATRICS',       'Paediatrics',                                           'बाल रोग'),
    (20, 'ORTHOPAEDICS',      'Orthopaedics',                                          'अस्थि रोग'),
    (21, 'DIABETOLOGY',       'Diabetology',                                           'मधुमेह'),
    (22, 'NUTRITION',         'Nutrition and Diet',                                    'पोषण एवं आहार'),
    (23, 'PHYSIOTHERAPY',     'Physiotherapy',                                         'फिजियोथेरेपी');

-- The row is also the lock for everything that is decided per doctor: profile, schedule and slots.
create table doctor (
    id                  uuid    primary key,   -- the user id of the doctor's account
    version             integer not null check (version > 0),
    name                text    not null,
    specializations     text[]  not null check (cardinality(specializations) > 0),
    languages           text[]  not null check (cardinality(languages) > 0),
    city                text    not null,
    online              boolean not null,
    in_person           boolean not null,
    fee_amount          bigint  not null check (fee_amount >= 0),
    fee_currency        text    not null,
    experience_years    integer not null check (experience_years >= 0),
    registration_number text    not null,
    photo_url           text,
    verified            boolean not null default false,
    review_count        integer not null default 0,
    rating_sum          bigint  not null default 0,
    -- Ordered by the search, so it is kept rather than computed; 0 until the first review.
    rating              numeric(3, 2) not null generated always as
                            (case when review_count = 0 then 0 else round(rating_sum::numeric / review_count, 2) end) stored,
    check (online or in_person),
    check (rating_sum between review_count and 5 * review_count)
);

-- One index per order of the search; patients see verified doctors only.
create index on doctor (rating, review_count, id) where verified;
create index on doctor (experience_years, id) where verified;
create index on doctor (fee_amount, id) where verified;

create index on doctor using gin (specializations) where verified;
create index on doctor (lower(city)) where verified;

-- Free text finds parts of names and forgives spelling. The extension lives in schema public, which is not on our path.
create index on doctor using gin (name public.gin_trgm_ops) where verified;
