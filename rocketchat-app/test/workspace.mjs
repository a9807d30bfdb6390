// A Rocket.Chat workspace with the app installed, as far as the app can tell: the zip is read, permissions are
// checked and messages are built by the server's own code (apps-engine-server is a version of the engine that still
// holds it, and wants `mem` without saying so); the runtime, the composer of the web client, the network and the database are stand-ins.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const engine = (path) => require(`apps-engine-server/${path}`);

const { AppManager } = engine('server/AppManager.js');
const { AppPackageParser } = engine('server/compiler/AppPackageParser.js');
const { EnvironmentRead, Http, HttpExtend, Modify, Reader, SettingRead, SettingsExtend, SlashCommandsExtend } =
  engine('server/accessors/index.js');
const { UIExtend } = engine('server/accessors/UIExtend.js');
const { CommandBridge, HttpBridge, MessageBridge, UserBridge } = engine('server/bridges/index.js');
const { UIActionButtonManager } = engine('server/managers/UIActionButtonManager.js');
const { SlashCommandContext } = engine('definition/slashcommands/SlashCommandContext.js');
const { UIKitActionButtonInteractionContext } = engine('definition/uikit/UIKitInteractionContext.js');

export const ZIP = join(import.meta.dirname, '../dist/monitors.zip');
export const KIM = { id: 'kim1', username: 'kim', name: 'Kim', utcOffset: 2, settings: { preferences: {} } };
export const ROOM = { id: 'GENERAL1', type: 'c', slugifiedName: 'support', displayName: 'Support' };
export const CUSTOMERS = { id: 'conv1', type: 'l', displayName: 'Carla Customer' };
const APP_USER = { id: 'app1', username: 'monitors.bot', type: 'app' };

export async function unpack() {
  return new AppPackageParser().unpackageApp(readFileSync(ZIP));
}

export class Workspace {
  posted = [];
  seen = [];
  logged = [];
  commands = new Map();
  rooms = new Set([ROOM.id, CUSTOMERS.id]);

  static async install(settings = {}, without = '') {
    const workspace = new Workspace();
    const { info, ...rest } = await unpack();
    await workspace.#load({ info: { ...info, permissions: info.permissions.filter(({ name }) => name !== without) }, ...rest });
    workspace.configure(settings);
    workspace.logged = []; // the engine's own lines about the installation
    return workspace;
  }

  configure(settings) {
    for (const [id, value] of Object.entries(settings)) {
      this.stored[id].value = value;
    }
  }

  /** Somebody types, waits for the suggestions, and reads them. */
  async previews(text, place) {
    const { items, i18nTitle } = await this.command.previewer(...this.#call(text, place));
    if (items.length === 0) {
      return undefined;
    }
    this.title = i18nTitle;
    return items.slice(0, 10); // as utils/server/slashCommand.ts does
  }

  /** Somebody types, waits, goes down the list so often, and presses Enter. */
  async enter(text, place, down = 0) {
    const items = await this.previews(text, place);
    await this.choose(items[down], text, place);
  }

  async choose({ id, type, value }, text, place) {
    if (!id || !type || !value) {
      throw new Error('Preview Item must have an id, type, and value.');
    }
    await this.command.executePreviewItem({ id, type, value }, ...this.#call(text, place));
  }

  /** Somebody sends the command from a client without previews. */
  async send(text, place) {
    await this.command.executor(...this.#call(text, place));
  }

  /** Somebody chooses the message action. */
  async press({ user = KIM, room = CUSTOMERS, message } = {}) {
    const data = { appId: this.info.id, actionId: 'who-supervises', triggerId: 't1', buttonContext: 'messageAction' };
    const context = new UIKitActionButtonInteractionContext({ ...data, user, room, message });
    const { read, modify, http } = this;
    return this.app.executeActionButtonHandler(context, read, http, undefined, modify);
  }

  get button() {
    return [...(this.buttons.getAppActionButtons(this.info.id)?.values() ?? [])][0];
  }

  get command() {
    return this.commands.get('monitors');
  }

  #call(text, { user = KIM, room = ROOM, threadId } = {}) {
    const [sender, where] = [user, room].map((one) => Object.freeze(structuredClone(one)));
    const context = new SlashCommandContext(sender, where, Object.freeze(parseParameters(text)), threadId, 'trigger1');
    return [context, this.read, this.modify, this.http, undefined];
  }

  async #load({ info, files, languageContent }) {
    Object.assign(this, { info, languageContent, stored: {} });
    AppManager.Instance = { getPermissionsById: () => info.permissions };
    const bridges = this.#bridges();
    const App = await construct(files[info.classFile]);
    const log = (...items) => this.logged.push(items);
    this.app = new App(info, Object.fromEntries(['debug', 'info', 'log', 'warn', 'error', 'success'].map((level) => [level, log])));
    const item = { getStorageItem: () => ({ settings: this.stored }) };
    const environment = new EnvironmentRead(new SettingRead(item));
    this.read = new Reader(environment);
    this.modify = new Modify(bridges, info.id);
    const access = { getReader: () => this.read, getPersistence: () => undefined };
    this.http = new Http(access, bridges, new HttpExtend(), info.id);
    this.buttons = new UIActionButtonManager({ getBridges: () => bridges });
    const commands = { addCommand: (appId, command) => bridges.getCommandBridge().doRegisterCommand(command, appId) };
    await this.app.initialize(
      {
        settings: new SettingsExtend(item),
        slashCommands: new SlashCommandsExtend(commands, info.id),
        ui: new UIExtend(this.buttons, info.id),
      },
      environment,
    );
  }

  #bridges() {
    const workspace = this;
    const all = {
      getHttpBridge: new (class extends HttpBridge {
        call = callOut;
      })(),
      getCommandBridge: new (class extends CommandBridge {
        registerCommand = (command) => workspace.commands.set(command.command.toLowerCase(), command);
      })(),
      getUserBridge: new (class extends UserBridge {
        getAppUser = async () => APP_USER;
      })(),
      getMessageBridge: new (class extends MessageBridge {
        create = async (message) => {
          if (message.room.isReadOnly) {
            throw new Error('You can\'t send messages because the room is readonly.');
          }
          workspace.posted.push(workspace.#converted(message));
          return 'message1';
        };
        notifyUser = async (user, message) => {
          workspace.seen.push({ by: user.username, ...workspace.#converted(message) });
        };
      })(),
      getAppActivationBridge: { doActionsChanged: () => undefined },
    };
    return new Proxy(all, { get: (_, name) => () => all[name] });
  }

  /** What is kept of an app's message: apps/meteor/app/apps/server/converters/messages.js */
  #converted({ room, sender, text, threadId, attachments }) {
    if (!this.rooms.has(room?.id)) {
      throw new Error('Invalid room provided on the message.');
    }
    return {
      rid: room.id,
      from: sender.username,
      msg: text,
      ...(threadId && { tmid: threadId }),
      ...(attachments && { attachments: attachments.map((one) => ({ text: one.text, title: one.title?.value })) }),
    };
  }
}

/** Load the app as the runtime does: deno-runtime/handlers/app/construct.ts and lib/require.ts */
async function construct(code) {
  const names = ['require', 'exports', 'module', 'Buffer', 'console', 'globalThis', 'Deno', 'process', 'fetch'];
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  const module = { exports: {} };
  await new AsyncFunction(...names, code)(allowed, module.exports, module, Buffer, console);
  return Object.values(module.exports)[0];
}

const NATIVE = 'path url crypto buffer stream net http https zlib util punycode os querystring'.split(' ');

function allowed(name) {
  if (NATIVE.includes(name)) {
    return require(`node:${name}`);
  }
  if (name.startsWith('@rocket.chat/apps-engine/definition/')) {
    return engine(`${name.slice('@rocket.chat/apps-engine/'.length)}.js`); // one file: an index is not found
  }
  throw new Error(`Module ${name} is not allowed`);
}

/** Call out as the server does: apps/meteor/app/apps/server/bridges/http.ts */
async function callOut({ url, method, request }) {
  const response = await fetch(new URL(url), {
    method,
    headers: request.headers,
    body: request.content,
    signal: AbortSignal.timeout(request.timeout ?? 180_000),
  });
  const content = await response.text();
  return { url, method, statusCode: response.status, headers: Object.fromEntries(response.headers), content };
}

/** Split what is typed as the server does, quotes lost: apps/meteor/lib/utils/parseParameters.ts */
export function parseParameters(text) {
  const held = [];
  const hold = (quoted) => `\u0001${held.push(quoted.slice(1, -1)) - 1}\u0002`;
  const line = text.replace(/(["'])(?:\\\1|(?!\1)[^])*\1/g, hold).replaceAll('\u0002\u0001', '\u0002 \u0001');
  const restore = (part) => part.replace(/\u0001(\d+)\u0002/g, (_, number) => held[number]).replaceAll('\\"', '"');
  return line.split(/[ \n\r\t]/).filter(Boolean).map(restore);
}
