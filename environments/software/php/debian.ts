import { quoteAll, writeFile } from '../shared/shell.ts';

/**
 * An autoloader in the place of Composer's, for machines that reach no Composer repository: the project's own classes by what composer.json says,
 * before everything else, then the libraries of Debian packages. Without the first place a runner's own copy of a library would hide the code under test.
 */
const AUTOLOAD_PHP = String.raw`<?php
$root = dirname(__DIR__);
$manifest = is_file("$root/composer.json") ? json_decode(file_get_contents("$root/composer.json"), true) : [];
$prefixes = $maps = $files = [];
foreach (['autoload', 'autoload-dev'] as $section) {
    foreach (['psr-4' => 4, 'psr-0' => 0] as $kind => $number) {
        foreach ($manifest[$section][$kind] ?? [] as $prefix => $folders) {
            foreach ((array) $folders as $folder) {
                $prefixes[] = [$prefix, rtrim("$root/$folder", '/'), $number];
            }
        }
    }
    foreach ($manifest[$section]['classmap'] ?? [] as $path) {
        $maps[] = "$root/$path";
    }
    foreach ($manifest[$section]['files'] ?? [] as $path) {
        $files[] = "$root/$path";
    }
}
usort($prefixes, function ($a, $b) { return strlen($b[0]) - strlen($a[0]); });
$classes = null;
spl_autoload_register(function ($class) use ($prefixes, $maps, &$classes) {
    foreach ($prefixes as [$prefix, $folder, $number]) {
        if ($prefix !== '' && strncmp($class, $prefix, strlen($prefix)) !== 0) {
            continue;
        }
        $rest = $number === 4 ? substr($class, strlen($prefix)) : $class;
        $last = $number === 4 ? false : strrpos($rest, '\\');
        $path = $number === 4
            ? str_replace('\\', '/', $rest)
            : ($last === false ? '' : str_replace('\\', '/', substr($rest, 0, $last + 1))) . str_replace('_', '/', $last === false ? $rest : substr($rest, $last + 1));
        if (is_file("$folder/$path.php")) {
            require_once "$folder/$path.php";
            return;
        }
    }
    if ($classes === null) {
        $classes = [];
        foreach ($maps as $map) {
            $found = is_dir($map) ? new RecursiveIteratorIterator(new RecursiveDirectoryIterator($map)) : [$map];
            foreach ($found as $file) {
                if (substr($file, -4) !== '.php') {
                    continue;
                }
                $text = file_get_contents($file);
                $space = preg_match('/^\s*namespace\s+([\w\\\\]+)/m', $text, $match) ? $match[1] . '\\' : '';
                preg_match_all('/^\s*(?:(?:abstract|final|readonly)\s+)*(?:class|interface|trait|enum)\s+(\w+)/m', $text, $match);
                foreach ($match[1] as $name) {
                    $classes[strtolower($space . $name)] = (string) $file;
                }
            }
        }
    }
    if (isset($classes[strtolower($class)])) {
        require_once $classes[strtolower($class)];
    }
}, true, true);
// Not every package of Debian brings an autoloader.
spl_autoload_register(function ($class) {
    $file = '/usr/share/php/' . str_replace('\\', '/', $class) . '.php';
    if (is_file($file)) {
        require_once $file;
    }
});
foreach (is_file(__DIR__ . '/debian.txt') ? file(__DIR__ . '/debian.txt', FILE_IGNORE_NEW_LINES) : [] as $path) {
    require_once $path;
}
foreach ($files as $file) {
    require_once $file;
}
// As Composer's own does: bootstraps of tests add their folders to it.
if (!class_exists('Composer\Autoload\ClassLoader', false)) {
    require_once '/usr/share/php/Composer/Autoload/ClassLoader.php';
}
$loader = new Composer\Autoload\ClassLoader();
$loader->register();
return $loader;
`;

/**
 * Bash that finds Debian's packages of the required libraries, by Debian's rule for their names (php-vendor-package, php-package), installs them and
 * leaves vendor/autoload.php. A library that Debian does not have is left out: tests that need it fail, and say so.
 */
export function installFromDebian(requirements: readonly string[]): string {
  const libraries = requirements.filter(
    (name) => name.includes('/') && !/^(?:phpunit\/|phpstan\/|friendsofphp\/|roave\/|rector\/)/.test(name),
  );
  return `export DEBIAN_FRONTEND=noninteractive
apt-get update -q
mkdir -p vendor
: > vendor/debian.txt
for name in ${quoteAll(libraries)}; do
  vendor=\${name%%/*} package=\${name#*/}
  for candidate in "php-$vendor-$package" "php-$package"; do
    candidate=$(printf %s "$candidate" | tr 'A-Z_.' 'a-z--')
    if apt-cache policy "$candidate" | grep -q 'Candidate: [^(]'; then
      apt-get install -y -q --no-install-recommends "$candidate"
      { dpkg -L "$candidate" | grep '^/usr/share/php/.*/autoload[.]php$' || test $? -eq 1; } | head -n 1 >> vendor/debian.txt
      break
    fi
  done
done
apt-get clean
rm -rf /var/lib/apt/lists/*
${writeFile('vendor/autoload.php', AUTOLOAD_PHP)}`;
}
