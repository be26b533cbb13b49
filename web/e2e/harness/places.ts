import { fileURLToPath } from 'node:url';

const root = new URL('../../../', import.meta.url);

/** The folder of the project. */
export const projectFolder = fileURLToPath(root);

/** The binary under test; LAUREL_TEST_BINARY names another one. */
export const binary = process.env.LAUREL_TEST_BINARY || fileURLToPath(new URL('bin/laurel', root));

/** Where pictures of failed journeys and the databases of the run go. */
export const outputFolder = fileURLToPath(new URL('tmp/e2e/', root));

/** Where `make shots` puts its pictures. */
export const shotsFolder = fileURLToPath(new URL('shots/', root));

/** Where `make guide` puts the pictures of the user guide. */
export const guideFolder = fileURLToPath(new URL('docs/guide/images/', root));

/** The browser; scripts/e2e.sh finds it. */
export const chromiumPath = process.env.LAUREL_TEST_CHROMIUM || '/usr/bin/chromium';
