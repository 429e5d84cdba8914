"""Which distribution brings an imported module, a pytest option, an ini key: where their names differ.

The tables hold well-known distributions only, as their own metadata and documentation name them. What is not in a
table is assumed to be called alike.
"""

# ruff: noqa: SIM905 - word lists are read and extended more easily as text

from __future__ import annotations

import re
import sys

from pytest_sprintready.reading.requirements import normalised

REMOVED_MODULES = frozenset(
    "aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils formatter imghdr imp lib2to3 macpath "
    ""
    "macurl2path mailcap msilib nis nntplib ossaudiodev parser pipes smtpd sndhdr spwd sunau symbol telnetlib uu "
    ""
    "xdrlib dummy_threading _dummy_threading _bootlocale test __main__ _typeshed".split()
)
"""Modules that some supported Python's standard library has or had (PEP 594 and What's New 3.8 to 3.14)."""

_SINCE_310 = frozenset("tomllib compression annotationlib concurrent string pathlib _colorize _interpreters".split())

# Module -> distributions that provide it; the first is the one to name.
_PROVIDERS = {
    "_pytest": "pytest",
    "_yaml": "pyyaml",
    "absl": "absl-py",
    "airflow": "apache-airflow",
    "allauth": "django-allauth",
    "anyio": "anyio trio",
    "apt": "python-apt",
    "attr": "attrs",
    "Bio": "biopython",
    "bs4": "beautifulsoup4 bs4",
    "bson": "pymongo bson",
    "cairo": "pycairo",
    "can": "python-can",
    "cassandra": "cassandra-driver",
    "cloudpickle": "cloudpickle dask joblib",
    "constraint": "python-constraint",
    "consul": "python-consul python-consul2",
    "corsheaders": "django-cors-headers",
    "cpuinfo": "py-cpuinfo",
    "crispy_forms": "django-crispy-forms",
    "Crypto": "pycryptodome pycrypto",
    "Cryptodome": "pycryptodomex",
    "cupy": "cupy cupy-cuda11x cupy-cuda12x cupy-cuda13x",
    "cv2": "opencv-python opencv-python-headless opencv-contrib-python opencv-contrib-python-headless opencv",
    "daemon": "python-daemon",
    "dateutil": "python-dateutil",
    "debug_toolbar": "django-debug-toolbar",
    "decouple": "python-decouple",
    "delta": "delta-spark",
    "discord": "discord-py py-cord",
    "django_filters": "django-filter",
    "dns": "dnspython",
    "docker": "docker docker-py",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "editor": "python-editor",
    "elftools": "pyelftools",
    "engineio": "python-engineio",
    "environ": "django-environ environ-config",
    "etcd": "python-etcd",
    "factory": "factory-boy",
    "faiss": "faiss-cpu faiss-gpu",
    "ffmpeg": "ffmpeg-python",
    "fitz": "pymupdf",
    "freezegun": "freezegun pytest-freezegun pytest-freezer",
    "geventwebsocket": "gevent-websocket",
    "gi": "pygobject",
    "git": "gitpython",
    "github": "pygithub",
    "gitlab": "python-gitlab",
    "graphql": "graphql-core",
    "gridfs": "pymongo",
    "grpc": "grpcio",
    "grpc_tools": "grpcio-tools",
    "haiku": "dm-haiku",
    "hamcrest": "pyhamcrest",
    "haystack": "django-haystack haystack-ai",
    "hydra": "hydra-core",
    "igraph": "igraph python-igraph",
    "impala": "impyla",
    "iris": "scitools-iris",
    "jenkins": "python-jenkins",
    "jose": "python-jose",
    "jsonpath": "jsonpath jsonpath-python jsonpath-rw",
    "jwt": "pyjwt",
    "kafka": "kafka-python kafka-python-ng",
    "keystoneclient": "python-keystoneclient",
    "ldap": "python-ldap",
    "ldif": "python-ldap",
    "Levenshtein": "levenshtein python-levenshtein",
    "lsprotocol": "lsprotocol pygls",
    "magic": "python-magic python-magic-bin file-magic",
    "markdown_it": "markdown-it-py",
    "matplotlib": "matplotlib matplotlib-base",
    "memcache": "python-memcached",
    "mpl_toolkits": "matplotlib basemap",
    "multipart": "python-multipart",
    "MySQLdb": "mysqlclient",
    "nacl": "pynacl",
    "nats": "nats-py",
    "nmap": "python-nmap",
    "OCC": "pythonocc-core",
    "odf": "odfpy",
    "ogr": "gdal",
    "openbabel": "openbabel openbabel-wheel",
    "OpenGL": "pyopengl",
    "opensearchpy": "opensearch-py",
    "OpenSSL": "pyopenssl",
    "opentelemetry": "opentelemetry-api opentelemetry-sdk",
    "osgeo": "gdal",
    "paho": "paho-mqtt",
    "pam": "python-pam",
    "past": "future",
    "path": "path path-py",
    "pdfminer": "pdfminer-six",
    "PIL": "pillow pillow-simd",
    "pkg_resources": "setuptools",
    "playhouse": "peewee",
    "playwright": "playwright pytest-playwright",
    "pptx": "python-pptx",
    "progressbar": "progressbar2 progressbar",
    "psycopg": "psycopg psycopg-binary psycopg-c",
    "psycopg2": "psycopg2 psycopg2-binary psycopg2cffi",
    "pwiz": "peewee",
    "py": "py pytest",
    "pydispatch": "pydispatcher",
    "pylab": "matplotlib",
    "pylsp": "python-lsp-server",
    "pymongo": "pymongo motor",
    "PyQt5": "pyqt5 pyqt",
    "PyQt6": "pyqt6",
    "pytest_lazyfixture": "pytest-lazy-fixture",
    "pytestqt": "pytest-qt",
    "python_multipart": "python-multipart",
    "pythoncom": "pywin32 pypiwin32",
    "pywintypes": "pywin32 pypiwin32",
    "pyximport": "cython",
    "rapidjson": "python-rapidjson",
    "rdkit": "rdkit rdkit-pypi",
    "redis_lock": "python-redis-lock",
    "rest_framework": "djangorestframework",
    "rest_framework_simplejwt": "djangorestframework-simplejwt",
    "ruamel": "ruamel-yaml",
    "saml2": "pysaml2",
    "sass": "libsass",
    "scvi": "scvi-tools",
    "serial": "pyserial",
    "simple_history": "django-simple-history",
    "skbase": "scikit-base",
    "skbuild": "scikit-build",
    "skhep_testdata": "scikit-hep-testdata",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn scikit-learn-intelex",
    "sksurv": "scikit-survival",
    "slugify": "python-slugify unicode-slugify",
    "smbus": "smbus smbus-cffi",
    "snappy": "python-snappy",
    "socketio": "python-socketio",
    "socks": "pysocks",
    "speech_recognition": "speechrecognition",
    "statsd": "statsd python-statsd",
    "stdnum": "python-stdnum",
    "storages": "django-storages",
    "tables": "tables pytables",
    "taggit": "django-taggit",
    "talib": "ta-lib",
    "telebot": "pytelegrambotapi",
    "telegram": "python-telegram-bot",
    "tensorflow": "tensorflow tensorflow-cpu tensorflow-gpu tf-nightly",
    "tlz": "toolz cytoolz",
    "torch": "torch pytorch pytorch-cpu",
    "tree": "dm-tree",
    "umap": "umap-learn",
    "upath": "universal-pathlib",
    "usb": "pyusb",
    "vcr": "vcrpy pytest-vcr pytest-recording",
    "vtkmodules": "vtk",
    "websocket": "websocket-client",
    "whoosh": "whoosh whoosh-reloaded",
    "win32api": "pywin32 pypiwin32",
    "win32com": "pywin32 pypiwin32",
    "win32con": "pywin32 pypiwin32",
    "win32gui": "pywin32 pypiwin32",
    "wx": "wxpython",
    "xapian": "xapian-bindings",
    "xdist": "pytest-xdist",
    "Xlib": "python-xlib",
    "yaml": "pyyaml ruamel-yaml-clib",
    "zmq": "pyzmq",
    "zope": "zope-interface zope-component zope-testing",
}

# Top-level packages that many distributions share: nobody can tell from the first part of the name which one.
SHARED_NAMESPACES = frozenset(
    "google azure zope jaraco plone collective sphinxcontrib databricks snowflake "
    "backports ruamel repoze paste flufl oslo "
    "twisted_plugins "
    "xstatic aws_cdk tests test testing common utils examples docs benchmarks conftest jupyter_server_ext".split()
)

# A distribution -> what it requires by itself, in every version of the last years, and is imported beside it.
_CARRIED = {
    "pytest": "pluggy iniconfig packaging",
    "tox": "pluggy packaging virtualenv filelock platformdirs",
    "nox": "packaging virtualenv argcomplete colorlog",
    "pandas": "numpy python-dateutil pytz",
    "scipy": "numpy",
    "matplotlib": "numpy pillow packaging python-dateutil cycler kiwisolver",
    "matplotlib-base": "numpy pillow packaging python-dateutil cycler kiwisolver",
    "scikit-learn": "numpy scipy joblib threadpoolctl",
    "scikit-image": "numpy scipy networkx pillow packaging imageio",
    "seaborn": "numpy pandas matplotlib",
    "statsmodels": "numpy scipy pandas packaging patsy",
    "xarray": "numpy pandas packaging",
    "geopandas": "numpy pandas shapely packaging pyproj",
    "numba": "numpy llvmlite",
    "h5py": "numpy",
    "netcdf4": "numpy cftime certifi",
    "zarr": "numpy numcodecs packaging",
    "astropy": "numpy pyerfa pyyaml packaging",
    "bokeh": "numpy jinja2 pillow pyyaml tornado packaging",
    "dask": "toolz fsspec pyyaml cloudpickle packaging click",
    "distributed": "dask toolz tornado msgpack cloudpickle psutil pyyaml click",
    "jax": "numpy scipy jaxlib",
    "torchvision": "torch numpy pillow",
    "tensorflow": "numpy absl-py h5py protobuf keras",
    "keras": "numpy absl-py h5py",
    "imageio": "numpy pillow",
    "numexpr": "numpy",
    "anndata": "numpy pandas scipy h5py packaging",
    "scanpy": "anndata numpy pandas scipy matplotlib scikit-learn networkx seaborn",
    "jinja2": "markupsafe",
    "flask": "werkzeug click jinja2 itsdangerous markupsafe blinker",
    "quart": "werkzeug click jinja2 itsdangerous markupsafe blinker flask hypercorn aiofiles",
    "fastapi": "starlette pydantic anyio typing-extensions pydantic-core",
    "starlette": "anyio",
    "pydantic": "typing-extensions pydantic-core annotated-types",
    "requests": "urllib3 idna certifi charset-normalizer",
    "httpx": "httpcore anyio certifi idna h11",
    "httpcore": "h11 certifi",
    "anyio": "idna",
    "trio": "attrs sniffio outcome sortedcontainers idna",
    "uvicorn": "click h11",
    "aiohttp": "yarl multidict attrs frozenlist aiosignal propcache aiohappyeyeballs",
    "yarl": "multidict idna propcache",
    "boto3": "botocore s3transfer jmespath python-dateutil urllib3",
    "botocore": "jmespath python-dateutil urllib3",
    "moto": "boto3 botocore requests werkzeug cryptography responses jinja2 xmltodict python-dateutil jmespath "
            "s3transfer",
    "responses": "requests urllib3 pyyaml",
    "requests-mock": "requests",
    "requests-toolbelt": "requests urllib3",
    "respx": "httpx",
    "pytest-httpx": "httpx pytest",
    "vcrpy": "pyyaml wrapt yarl",
    "pytest-recording": "vcrpy",
    "pytest-vcr": "vcrpy",
    "django": "asgiref sqlparse",
    "djangorestframework": "django asgiref sqlparse",
    "wagtail": "django djangorestframework django-taggit django-filter pillow beautifulsoup4 requests "
               "django-treebeard asgiref",
    "django-allauth": "django",
    "celery": "kombu billiard vine click python-dateutil",
    "kombu": "amqp vine",
    "twisted": "zope-interface attrs incremental constantly hyperlink automat typing-extensions",
    "scrapy": "twisted lxml parsel w3lib cryptography pyopenssl itemadapter itemloaders queuelib "
              "service-identity zope-interface "
              "cssselect tldextract defusedxml attrs incremental protego pydispatcher",
    "parsel": "lxml cssselect w3lib jmespath packaging",
    "sphinx": "docutils jinja2 pygments babel requests packaging imagesize alabaster snowballstemmer "
              "markupsafe",
    "rich": "pygments markdown-it-py mdurl",
    "textual": "rich markdown-it-py platformdirs pygments typing-extensions",
    "typer": "click rich typing-extensions shellingham",
    "mkdocs": "jinja2 markdown pyyaml click watchdog ghp-import packaging pathspec markupsafe platformdirs "
              "babel",
    "ipython": "traitlets pygments prompt-toolkit decorator jedi matplotlib-inline",
    "ipykernel": "traitlets ipython jupyter-client jupyter-core tornado pyzmq psutil packaging nest-asyncio",
    "notebook": "traitlets jupyter-core jupyter-client nbformat nbconvert tornado ipykernel jupyter-server "
                "jupyterlab",
    "jupyter-server": "traitlets jupyter-core jupyter-client nbformat nbconvert tornado anyio jinja2 packaging "
                      "pyzmq send2trash terminado",
    "jupyter-client": "traitlets jupyter-core pyzmq tornado python-dateutil",
    "nbformat": "traitlets jupyter-core jsonschema fastjsonschema",
    "nbconvert": "traitlets jupyter-core nbformat jinja2 beautifulsoup4 pygments nbclient bleach mistune "
                 "markupsafe packaging",
    "jupyterlab": "traitlets jupyter-core jupyter-server tornado jinja2 packaging httpx",
    "jsonschema": "attrs referencing rpds-py jsonschema-specifications",
    "sqlalchemy": "typing-extensions",
    "alembic": "sqlalchemy mako typing-extensions",
    "flask-sqlalchemy": "flask sqlalchemy",
    "flask-migrate": "flask flask-sqlalchemy alembic",
    "sqlmodel": "sqlalchemy pydantic",
    "hypothesis": "attrs sortedcontainers",
    "testtools": "fixtures",
    "pytest-trio": "trio pytest outcome",
    "pytest-asyncio": "pytest",
    "pytest-cov": "pytest coverage",
    "pytest-xdist": "pytest execnet",
    "pytest-mock": "pytest",
    "pytest-django": "pytest",
    "pytest-flask": "pytest flask werkzeug",
    "pytest-aiohttp": "pytest aiohttp pytest-asyncio",
    "pytest-timeout": "pytest",
    "pytest-benchmark": "pytest py-cpuinfo",
    "pytest-httpserver": "werkzeug",
    "pytest-httpbin": "httpbin",
    "httpbin": "flask werkzeug",
    "pytest-factoryboy": "pytest factory-boy",
    "pytest-freezegun": "freezegun pytest",
    "pytest-freezer": "freezegun pytest",
    "pytest-astropy": "pytest pytest-doctestplus pytest-remotedata pytest-cov pytest-mock "
                      "pytest-filter-subpackage hypothesis "
                      "pytest-astropy-header pytest-arraydiff attrs",
    "pytest-qt": "pytest",
    "pytest-playwright": "pytest playwright pytest-base-url",
    "pytest-selenium": "pytest selenium pytest-base-url pytest-html pytest-variables",
    "pytest-homeassistant-custom-component": "pytest homeassistant pytest-asyncio pytest-cov pytest-timeout "
                                             "pytest-xdist",
    "factory-boy": "faker",
    "faker": "python-dateutil typing-extensions",
    "freezegun": "python-dateutil",
    "time-machine": "python-dateutil",
    "python-telegram-bot": "httpx",
    "selenium": "urllib3 trio trio-websocket websocket-client certifi typing-extensions",
    "cryptography": "cffi",
    "pynacl": "cffi",
    "pyopenssl": "cryptography",
    "paramiko": "cryptography bcrypt pynacl",
    "cffi": "pycparser",
    "gitpython": "gitdb",
    "build": "pyproject-hooks packaging",
    "black": "click pathspec platformdirs packaging mypy-extensions",
    "mypy": "typing-extensions mypy-extensions",
    "pylint": "astroid isort dill tomlkit platformdirs mccabe",
    "flake8": "pycodestyle pyflakes mccabe",
    "poetry": "poetry-core cleo requests tomlkit packaging platformdirs virtualenv pyproject-hooks build keyring "
              "dulwich "
              "cachecontrol installer pkginfo trove-classifiers shellingham fastjsonschema crashtest",
    "hatch": "click hatchling httpx rich platformdirs packaging tomlkit virtualenv userpath keyring pexpect "
             "pyperclip shellingham "
             "zstandard tomli-w uv",
    "hatchling": "packaging pathspec pluggy trove-classifiers",
    "pexpect": "ptyprocess",
    "python-socketio": "python-engineio bidict",
    "grpcio-tools": "grpcio protobuf setuptools",
    "transformers": "numpy huggingface-hub tokenizers safetensors pyyaml requests tqdm regex packaging "
                    "filelock",
    "datasets": "numpy pandas pyarrow huggingface-hub fsspec requests tqdm",
    "torch": "networkx sympy jinja2 fsspec typing-extensions filelock",
    "sympy": "mpmath",
    "lightning": "torch pytorch-lightning torchmetrics numpy fsspec tqdm",
    "pytorch-lightning": "torch torchmetrics numpy fsspec tqdm pyyaml",
    "openpyxl": "et-xmlfile",
    "beautifulsoup4": "soupsieve",
    "nltk": "click joblib regex tqdm",
    "psycopg": "typing-extensions",
    "zope-component": "zope-interface zope-event",
    "ruamel-yaml": "ruamel-yaml-clib",
    "prefect": "httpx pydantic anyio click sqlalchemy typer rich pendulum",
    "pendulum": "python-dateutil",
    "arrow": "python-dateutil",
    "croniter": "python-dateutil",
    "docker": "requests urllib3",
    "kubernetes": "urllib3 python-dateutil requests pyyaml certifi six",
    "pygithub": "requests pyjwt pynacl urllib3",
    "testcontainers": "docker",
    "virtualenv": "distlib filelock platformdirs",
    "pre-commit": "pyyaml identify cfgv nodeenv virtualenv",
    "cookiecutter": "jinja2 click requests pyyaml rich arrow binaryornot python-slugify",
    "sphinx-testing": "sphinx",
    "myst-parser": "sphinx docutils markdown-it-py mdit-py-plugins pyyaml jinja2",
    "mdit-py-plugins": "markdown-it-py",
    "markdown-it-py": "mdurl",
}  # fmt: skip

_CARRIERS_DEPTH = 4

# Options of pytest plugins, as their documentation lists them: an option -> the distribution. A `*` ends a prefix.
_OPTIONS = {
    "pytest-cov": "--cov --cov-* --no-cov --no-cov-on-fail",
    "pytest-xdist": "-n --numprocesses --maxprocesses --max-worker-restart --dist --tx --rsyncdir --looponfail "
    "--loadscope-reorder --no-loadscope-reorder --testrunuid --maxschedchunk",
    "pytest-forked": "--forked",
    "pytest-timeout": "--timeout --timeout-method --timeout_method --timeout-disable-debugger-detection "
    "--session-timeout",
    "pytest-asyncio": "--asyncio-mode --asyncio-debug",
    "pytest-django": "--ds --dc --reuse-db --create-db --nomigrations --no-migrations --migrations "
    "--django-debug-mode --fail-on-template-vars --liveserver --no-force-migrations",
    "pytest-rerunfailures": "--reruns --reruns-delay --only-rerun --rerun-except --fail-on-flaky",
    "pytest-benchmark": "--benchmark-*",
    "pytest-mypy": "--mypy --mypy-ignore-missing-imports --mypy-config-file --mypy-report-style --mypy-xfail",
    "pytest-mypy-plugins": "--mypy-ini-file --mypy-pyproject-toml-file --mypy-same-process "
    "--mypy-only-local-stub "
    "--mypy-extension-hook --mypy-closed-schema --mypy-schema",
    "pytest-flake8": "--flake8",
    "pytest-black": "--black",
    "pytest-isort": "--isort",
    "pytest-pylint": "--pylint --pylint-*",
    "pytest-ruff": "--ruff --ruff-format",
    "pytest-doctestplus": "--doctest-plus --doctest-plus-* --doctest-rst --doctest-only --text-file-format",
    "pytest-remotedata": "--remote-data",
    "pytest-astropy-header": "--astropy-header --astropy-header-*",
    "hypothesis": "--hypothesis-*",
    "pytest-html": "--html --self-contained-html",
    "pytest-json-report": "--json-report --json-report-*",
    "pytest-randomly": "--randomly-*",
    "pytest-random-order": "--random-order --random-order-*",
    "syrupy": "--snapshot-update --snapshot-warn-unused --snapshot-details --snapshot-default-extension",
    "inline-snapshot": "--inline-snapshot",
    "pytest-mpl": "--mpl --mpl-*",
    "nbval": "--nbval --nbval-lax --nbval-*",
    "nbmake": "--nbmake --nbmake-*",
    "pytest-codspeed": "--codspeed --codspeed-*",
    "pytest-memray": "--memray --most-allocations",
    "pytest-regressions": "--force-regen --regen-all --with-test-class-names",
    "pytest-split": "--splits --store-durations --durations-path --splitting-algorithm",
    "pytest-sugar": "--old-summary",
    "pytest-socket": "--disable-socket --allow-hosts --allow-unix-socket --force-enable-socket",
    "pytest-recording": "--record-mode --block-network --disable-recording --allowed-hosts",
    "pytest-repeat": "--count --repeat-scope",
    "pytest-testmon": "--testmon --testmon-*",
    "pytest-profiling": "--profile-svg",
    "pytest-markdown-docs": "--markdown-docs --markdown-docs-*",
    "pytest-codeblocks": "--codeblocks",
    "pytest-examples": "--update-examples",
    "pytest-playwright": "--headed --browser-channel --slowmo --tracing",
    "pytest-selenium": "--driver --driver-path --capability",
    "pytest-mock-resources": "--pmr-*",
    "pytest-postgresql": "--postgresql-*",
    "pytest-dotenv": "--envfile",
    "pytest-github-actions-annotate-failures": "--exclude-warning-annotations",
    "pytest-spec": "--spec",
    "pytest-pycodestyle": "--pycodestyle",
    "pytest-pydocstyle": "--pydocstyle",
    "pytest-clarity": "--diff-symbols --diff-width --diff-type",
    "pytest-picked": "--picked",
    "pytest-run-parallel": "--parallel-threads --iterations --skip-thread-unsafe",
    "pytest-retry": "--retries --retry-delay --cumulative-timing",
    "pytest-alembic": "--test-alembic",
    "allure-pytest": "--alluredir --clean-alluredir --allure-*",
}
_UNMISTAKABLE = frozenset(
    "pytest-cov pytest-xdist pytest-timeout pytest-asyncio pytest-django pytest-rerunfailures pytest-benchmark "
    "hypothesis "
    "pytest-randomly".split()
)
_INI_KEYS = {
    "asyncio_mode": "pytest-asyncio",
    "asyncio_default_fixture_loop_scope": "pytest-asyncio",
    "DJANGO_SETTINGS_MODULE": "pytest-django",
    "timeout": "pytest-timeout",
    "timeout_method": "pytest-timeout",
    "mock_use_standalone_module": "pytest-mock",
    "qt_api": "pytest-qt",
    "trio_mode": "pytest-trio",
    "twisted_reactor": "pytest-twisted",
    "doctest_plus": "pytest-doctestplus",
    "remote_data_strict": "pytest-remotedata",
    "mpl-baseline-path": "pytest-mpl",
    "bdd_features_base_dir": "pytest-bdd",
}
# Names that `-p` takes and that are not their distribution's.
_PLUGIN_NAMES = {
    "xdist": "pytest-xdist",
    "xdist.plugin": "pytest-xdist",
    "pytest_cov.plugin": "pytest-cov",
    "timeout": "pytest-timeout",
    "randomly": "pytest-randomly",
    "asyncio": "pytest-asyncio",
    "django": "pytest-django",
    "pytest_django.plugin": "pytest-django",
    "benchmark": "pytest-benchmark",
    "sugar": "pytest-sugar",
}


def is_standard(module: str) -> bool:
    """Return whether a top-level module belongs to the standard library of any supported Python."""
    return module in sys.stdlib_module_names or module in REMOVED_MODULES or module in _SINCE_310


def providers(module: str) -> tuple[str, ...]:
    """Return the normalised distributions that may bring a top-level module, the one to name first."""
    known = tuple(_PROVIDERS.get(module, "").split())
    return known or (normalised(module),)


def carried_by(names: frozenset[str]) -> frozenset[str]:
    """Return distributions that come along with those named, over a few steps; the names themselves are not added."""
    found: set[str] = set()
    queue = set(names)
    for _ in range(_CARRIERS_DEPTH):
        queue = {each for name in queue for each in _CARRIED.get(name, "").split()} - found
        if not queue:
            break
        found |= queue
    return frozenset(found)


def plugin_of_option(option: str) -> str:
    """Return the distribution of the pytest plugin that owns a command-line option, "" if no known plugin does."""
    name = option.partition("=")[0]
    if re.match(r"-n(\d+|auto|logical)?$", name):
        return "pytest-xdist"
    if not name.startswith("--"):
        return ""
    return _EXACT.get(name, "") or next((plugin for start, plugin in _PREFIXES if name.startswith(start)), "")


def is_widely_known(plugin: str) -> bool:
    """Return whether no other plugin has taken over the options of this one."""
    return plugin in _UNMISTAKABLE


def owns_options(plugin: str) -> bool:
    """Return whether the options of a plugin are listed here."""
    return plugin in _OPTIONS


def plugin_of_key(key: str) -> str:
    """Return the distribution of the pytest plugin that owns an ini key, "" if no known plugin does."""
    return _INI_KEYS.get(key, "")


def plugin_of_name(name: str) -> str:
    """Return the distribution behind `-p NAME`, "" if it is not known."""
    if name in _PLUGIN_NAMES:
        return _PLUGIN_NAMES[name]
    return normalised(name.partition(".")[0]) if name.startswith("pytest_") else ""


KNOWN_MODULES = frozenset(_PROVIDERS) | {
    name.replace("-", "_") for carrier, names in _CARRIED.items() for name in (carrier, *names.split())
}
"""Top-level modules of distributions that stand in a table: no slip of the pen."""

LAST_WITH = {"pkg_resources": "setuptools<81"}
"""Modules that newer releases of their distribution no longer bring, with the requirement that does."""

STANDARD_MODULES = frozenset(name for name in sys.stdlib_module_names if not name.startswith("_"))
"""The public top-level modules of the running Python's standard library."""

_EXACT = {word: plugin for plugin, words in _OPTIONS.items() for word in words.split() if not word.endswith("*")}
_PREFIXES = tuple(
    (word[:-1], plugin) for plugin, words in _OPTIONS.items() for word in words.split() if word.endswith("*")
)
