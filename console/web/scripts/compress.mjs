// Compresses what is worth it and lists all files, for the server gives out only what is listed.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const built = fileURLToPath(new URL('../../target/web.next', import.meta.url));
const served = fileURLToPath(new URL('../../target/site/io/redward/console/web', import.meta.url));
const least = 1024;

function files(directory) {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

for (const file of files(built)) {
  if (/\.(js|css|json|svg)$/.test(file) && statSync(file).size >= least) {
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
}
const names = files(built).map((file) => relative(built, file).replaceAll('\\', '/'));
writeFileSync(join(built, 'files.txt'), `${names.sort().join('\n')}\n`);
mkdirSync(join(served, '..'), { recursive: true });
rmSync(served, { recursive: true, force: true });
renameSync(built, served);
