#!/usr/bin/env node
// A schema engine for Prisma's CLI that needs no download: it speaks the native engine's JSON-RPC over standard input and
// output, backed by @prisma/schema-engine-wasm and @prisma/adapter-pg. Point PRISMA_SCHEMA_ENGINE_BINARY at this file and
// the stock `prisma migrate …` commands work. The product itself never runs it; it is for writing and checking migrations.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import readline from 'node:readline';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const CHAR_OID = 18;
const BPCHAR_OID = 1042;
const RPC_ERROR = 4466;

const flags = process.argv.slice(2);
const { datasource, schemaFiles } = readFlags(flags);

let panicMessage = '';
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    panicMessage = message;
    report(message);
  },
};

if (flags.includes('--version')) {
  const engine = await loadWasm();
  console.log(`schema-engine-wasm ${engine.version()}`);
} else if (flags.includes('cli')) {
  await runOneCommand();
} else {
  readCharColumnsAsCharacters();
  serve();
}

function readFlags(args) {
  const found = { datasource: {}, schemaFiles: [] };
  args.forEach((flag, index) => {
    const value = args[index + 1];
    if (flag === '--datamodels') found.schemaFiles.push(value);
    if (flag === '--datasource' || flag === '-d') found.datasource = value.startsWith('{') ? JSON.parse(value) : { url: value };
  });
  return found;
}

async function loadWasm() {
  const require = createRequire(import.meta.url);
  const bindingsFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bindings = await import(bindingsFile);
  const code = readFileSync(path.join(path.dirname(bindingsFile), 'schema_engine_bg.wasm'));
  const { exports } = await WebAssembly.instantiate(new WebAssembly.Module(code), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return bindings;
}

// `schema=` is Prisma's own parameter; Postgres would refuse it.
function splitUrl(url) {
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema') ?? undefined;
  parsed.searchParams.delete('schema');
  return { connectionString: parsed.toString(), schema, database: decodeURIComponent(parsed.pathname.slice(1)) };
}

async function withClient(connectionString, work) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function administer(url, work) {
  const { connectionString, database } = splitUrl(url);
  const maintenance = new URL(connectionString);
  maintenance.pathname = '/postgres';
  return withClient(maintenance.toString(), (client) => work(client, database));
}

function createDatabase(url) {
  return administer(url, async (client, database) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
    return database;
  });
}

function dropDatabase(url) {
  return administer(url, (client, database) => client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(database)} WITH (FORCE)`));
}

async function runOneCommand() {
  const { url } = datasource;
  try {
    if (flags.includes('can-connect-to-database')) await withClient(splitUrl(url).connectionString, () => undefined);
    if (flags.includes('create-database')) console.log(JSON.stringify({ database_name: await createDatabase(url) }));
    if (flags.includes('drop-database')) await dropDatabase(url);
  } catch (error) {
    report(error.message, { error_code: error.code === '3D000' ? 'P1003' : 'P1001', is_panic: false });
    process.exitCode = 1;
  }
}

function report(message, more = {}) {
  console.error(JSON.stringify({ level: 'ERROR', fields: { message, ...more } }));
}

// Introspection selects columns of the internal type "char", which the adapter does not know: they travel as bpchar and
// are marked as characters in the answer.
const charColumns = new Map();
function readCharColumnsAsCharacters() {
  const original = pg.Query.prototype.handleRowDescription;
  pg.Query.prototype.handleRowDescription = function handleRowDescription(message) {
    const positions = [];
    message.fields.forEach((field, index) => {
      if (field.dataTypeID !== CHAR_OID) return;
      field.dataTypeID = BPCHAR_OID;
      positions.push(index);
    });
    if (positions.length > 0) charColumns.set(message.fields.map(({ name }) => name).join('\0'), positions);
    return original.call(this, message);
  };
}

function markCharColumns(connection) {
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns.get(result.columnNames.join('\0')) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  if (connection.startTransaction) {
    const startTransaction = connection.startTransaction.bind(connection);
    connection.startTransaction = async (...options) => markCharColumns(await startTransaction(...options));
  }
  return connection;
}

function adapterFactory() {
  const { connectionString, schema } = splitUrl(datasource.url ?? 'postgresql://localhost');
  const factory = new PrismaPg({ connectionString }, { schema });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => markCharColumns(await connect());
  // The adapter's own way to a shadow database ignores its name when it was given a connection string.
  factory.connectToShadowDb = async () => {
    const given = datasource.shadowDatabaseUrl;
    const own = new URL(connectionString);
    own.pathname = `/prisma_migrate_shadow_db_${crypto.randomUUID()}`;
    const shadow = given ? splitUrl(given).connectionString : own.toString();
    if (!given) await createDatabase(shadow);
    const connection = markCharColumns(await new PrismaPg({ connectionString: shadow }, { schema }).connect());
    const dispose = connection.dispose.bind(connection);
    connection.dispose = async () => {
      await dispose();
      if (!given) await dropDatabase(shadow);
    };
    return connection;
  };
  return bindMigrationAwareSqlAdapterFactory(factory);
}

let enginePromise;
function engine() {
  enginePromise ??= loadWasm().then(({ SchemaEngine }) => {
    const schemas = schemaFiles.map((file) => [file, readFileSync(file, 'utf8')]);
    return SchemaEngine.new({ datamodels: schemas.length > 0 ? schemas : undefined }, () => {}, adapterFactory());
  });
  return enginePromise;
}

let printId = 1_000_000;
function send(message) {
  return new Promise((resolve) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`, resolve));
}

async function call(method, params) {
  if (method === 'createDatabase') return { databaseName: await createDatabase(params?.datasource?.url ?? datasource.url) };
  const target = await engine();
  if (method === 'getDatabaseVersion') return target.version(params ?? null);
  if (typeof target[method] !== 'function') throw new Error(`This schema engine has no method ${method}.`);
  const result = (await target[method](params)) ?? {};
  // The CLI prints what the engine asks it to print, in a request of the engine's own.
  if (method === 'diff' && result.stdout != null) await send({ id: ++printId, method: 'print', params: { content: result.stdout } });
  return result;
}

async function answer({ id, method, params }) {
  const isReplyToUs = id === undefined || method === undefined;
  if (isReplyToUs) return;
  try {
    await send({ id, result: await call(method, params) });
  } catch (error) {
    await send({ id, error: { code: RPC_ERROR, message: 'An error happened. Check the data field for details.', data: errorData(error) } });
  }
}

function errorData(error) {
  if (panicMessage) return { is_panic: true, message: panicMessage, error: { message: panicMessage } };
  try {
    const { is_panic, message, error_code, meta } = JSON.parse(error.message);
    return { is_panic: Boolean(is_panic), message, error_code: error_code ?? undefined, meta };
  } catch {
    const code = String(error.code ?? '');
    return { is_panic: false, message: error.message, error_code: code.startsWith('P') ? code : undefined };
  }
}

function serve() {
  let queue = Promise.resolve();
  const lines = readline.createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on('line', (line) => {
    if (line.trim()) queue = queue.then(() => answer(JSON.parse(line)));
  });
  lines.on('close', () => {
    queue.finally(() => process.exit(0));
  });
}
