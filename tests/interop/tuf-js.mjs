// Takes every target named on the command line with tuf-js, as any of its users would, and says which it could not have.
// usage: node tuf-js.mjs URL ROOT FOLDER TARGET...   (URL/metadata, URL/targets)
import { mkdirSync, copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// Installed where the script is started, not where it stands.
const { Updater } = createRequire(join(process.cwd(), 'x.js'))('tuf-js');
const [url, root, folder, ...targets] = process.argv.slice(2);
const metadataDir = join(folder, 'metadata');
const targetDir = join(folder, 'targets');
mkdirSync(metadataDir, { recursive: true });
mkdirSync(targetDir, { recursive: true });
copyFileSync(root, join(metadataDir, 'root.json'));

const updater = new Updater({
	metadataDir,
	metadataBaseUrl: `${url}/metadata`,
	targetDir,
	targetBaseUrl: `${url}/targets`,
});
await updater.refresh();
let missing = 0;
for (const path of targets) {
	const target = await updater.getTargetInfo(path);
	if (!target) {
		console.log(`there is no ${path}`);
		missing++;
		continue;
	}
	await updater.downloadTarget(target, join(targetDir, encodeURIComponent(path)));
}
console.log(`${targets.length - missing} of ${targets.length} targets`);
process.exit(missing > 0 ? 1 : 0);
