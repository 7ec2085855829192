import Diagnostics

/// The program that `node` runs to load the JavaScript and TypeScript of a service.
enum ScriptProgram {
    /// The text of the program.
    ///
    /// The program reads numbered messages in the directory of its first argument, and answers in lines of standard
    /// output that start with the mark of its second argument. Other output of the service's code goes to standard
    /// error.
    static let text = #"""
        'use strict';
        const fs = require('fs');
        const path = require('path');
        const { createRequire } = require('module');
        const { pathToFileURL } = require('url');
        const { inspect } = require('util');

        const [folder, mark] = process.argv.splice(2, 2);
        const say = (message) => fs.writeSync(1, `\n${mark}${JSON.stringify(message)}\n`);
        process.stdout.write = process.stderr.write.bind(process.stderr);

        const questions = new Map();
        let lastQuestion = 0;
        const ask = (request, question) =>
          new Promise((resolve, reject) => {
            const number = ++lastQuestion;
            questions.set(number, { resolve, reject });
            say({ request, number, ...question });
          });

        // The stack without the frames that led from here into the service's code.
        const stackOf = (error) =>
          String(error && error.stack ? error.stack : error)
            .split('\n')
            .filter((line) => !/^\s+at .*(node:|\[eval\])/.test(line) && !line.includes(__filename))
            .join('\n')
            .trimEnd();

        const registerTypeScript = (file) => {
          const fromService = createRequire(file);
          const attempts = [
            () => fromService('ts-node').register(),
            () => fromService('tsx/cjs/api').register(),
            () => {
              const typescript = fromService('typescript');
              const compilerOptions = {
                module: typescript.ModuleKind.CommonJS,
                target: typescript.ScriptTarget.ES2020,
                esModuleInterop: true,
              };
              createRequire(file).extensions['.ts'] = (module, name) => {
                const text = fs.readFileSync(name, 'utf8');
                module._compile(typescript.transpileModule(text, { compilerOptions }).outputText, name);
              };
            },
            // Node itself resolves neither imports without extensions nor the paths of a tsconfig.json.
            () => { if (!process.features.typescript) throw new Error('no TypeScript in this node'); },
            () => {
              const root = require('child_process').execFileSync('npm', ['root', '-g'], { encoding: 'utf8' });
              require(path.join(root.trim(), 'ts-node')).register();
            },
          ];
          for (const attempt of attempts) {
            try {
              attempt();
              return;
            } catch (error) {
              continue;
            }
          }
          const text = 'TypeScript needs "ts-node" in the service (npm install ts-node typescript), or a newer node';
          throw Object.assign(new Error(text), { isOurs: true });
        };

        const importDefault = async (file) => {
          const module = await import(pathToFileURL(file).href);
          return 'default' in module ? module.default : module;
        };

        const load = async (file) => {
          if (file.endsWith('.mjs')) return importDefault(file);
          if (file.endsWith('.ts')) registerTypeScript(file);
          try {
            const module = createRequire(file)(file);
            return module && module.__esModule && module.default !== undefined && file.endsWith('.ts')
              ? module.default
              : module;
          } catch (error) {
            if (error && (error.code === 'ERR_REQUIRE_ESM' || error.code === 'ERR_REQUIRE_ASYNC_MODULE')) {
              return importDefault(file);
            }
            throw error;
          }
        };

        const isMap = (value) =>
          typeof value === 'object' && value !== null && [null, Object.prototype].includes(Object.getPrototypeOf(value));
        const isData = (value) => {
          if (value === null || Array.isArray(value)) return true;
          return ['string', 'boolean'].includes(typeof value) || Number.isFinite(value) || isMap(value);
        };

        const handlers = {
          configuration: async ({ file }) => {
            const value = await load(file);
            if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isMap(value)) {
              throw new Error('the exported value is an instance of a class, not a plain object');
            }
            return value;
          },
          file: async ({ number, file, address, options }) => {
            const helpers = {
              options,
              resolveVariable: (variable) => ask(number, { kind: 'variable', variable: String(variable) }),
              resolveConfigurationProperty: (keys) =>
                ask(number, { kind: 'property', keys: [].concat(keys).map(String) }),
            };
            let isCalled = false;
            const settle = async (value) => {
              if (isCalled || typeof value !== 'function') return value;
              isCalled = true;
              return value(helpers);
            };
            let value = await settle(await load(file));
            for (const key of address === null ? [] : address.split('.')) {
              if (typeof value === 'string') value = await ask(number, { kind: 'text', text: value });
              if (value === null || value === undefined) return null;
              const member = await value[key];
              if (member === null || member === undefined) return null;
              value = await settle(member);
            }
            if (!isData(value)) throw new Error(`the value is not data: ${inspect(value)}`);
            return value;
          },
        };

        const handle = async (message) => {
          if (message.kind === 'answer') {
            const question = questions.get(message.number);
            questions.delete(message.number);
            if ('value' in message) {
              question.resolve(message.value);
            } else {
              const error = new Error(message.error);
              error.furoshikiQuestion = message.number;
              question.reject(error);
            }
            return;
          }
          Object.assign(process.env, message.environment);
          const reply = { number: message.number };
          try {
            const value = await handlers[message.kind](message);
            const text = JSON.stringify(value);
            reply.value = text === undefined ? null : JSON.parse(text);
          } catch (error) {
            if (error && error.furoshikiQuestion) reply.question = error.furoshikiQuestion;
            reply.error = String(error && error.message ? error.message : error);
            if (!(error && error.isOurs)) reply.stack = stackOf(error);
          }
          say(reply);
        };

        // The program ends with the one that started it, even if that was killed and has left the folder behind. One
        // that was killed at once never writes a message.
        const parent = process.ppid;
        const start = Date.now();
        const isAbandoned = () =>
          process.ppid !== parent || (next === 1 && Date.now() - start > 60000) || !fs.existsSync(folder);

        let next = 1;
        const poll = () => {
          let text;
          try {
            text = fs.readFileSync(path.join(folder, `${next}.json`), 'utf8');
          } catch (error) {
            if (isAbandoned()) process.exit(0);
            setTimeout(poll, 1);
            return;
          }
          next += 1;
          const message = JSON.parse(text);
          if (message.kind === 'end') process.exit(0);
          handle(message);
          setImmediate(poll);
        };
        poll();
        """#
}
