"""System packages: how they are installed on this system, and which one brings what a build misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_sprintready.machine import Machine

_INSTALLERS = {
    "debian": "apt install",
    "fedora": "dnf install",
    "arch": "pacman -S",
    "suse": "zypper install",
    "alpine": "apk add",
}
_FAMILIES = ("debian", "fedora", "arch", "macos")

# What -> packages of Debian, Fedora, Arch and Homebrew, as their own indexes name them; "-" where none is needed.
_PACKAGES = {
    # programs
    "make": "make make make make",
    "cmake": "cmake cmake cmake cmake",
    "ninja": "ninja-build ninja-build ninja ninja",
    "gcc": "build-essential gcc gcc gcc",
    "cc": "build-essential gcc gcc gcc",
    "g++": "build-essential gcc-c++ gcc gcc",
    "c++": "build-essential gcc-c++ gcc gcc",
    "gfortran": "gfortran gcc-gfortran gcc-fortran gcc",
    "pkg-config": "pkg-config pkgconf-pkg-config pkgconf pkgconf",
    "swig": "swig swig swig swig",
    "git": "git git git git",
    "git-lfs": "git-lfs git-lfs git-lfs git-lfs",
    "curl": "curl curl curl curl",
    "wget": "wget wget wget wget",
    "unzip": "unzip unzip unzip unzip",
    "node": "nodejs nodejs nodejs node",
    "npm": "npm nodejs-npm npm node",
    "pandoc": "pandoc pandoc pandoc pandoc",
    "dot": "graphviz graphviz graphviz graphviz",
    "ffmpeg": "ffmpeg ffmpeg-free ffmpeg ffmpeg",
    "psql": "postgresql-client postgresql postgresql libpq",
    "redis-server": "redis-server redis redis redis",
    "redis-cli": "redis-tools redis redis redis",
    "mysql": "default-mysql-client mysql mariadb-clients mysql-client",
    "sqlite3": "sqlite3 sqlite sqlite sqlite",
    "gettext": "gettext gettext gettext gettext",
    "msgfmt": "gettext gettext gettext gettext",
    "xgettext": "gettext gettext gettext gettext",
    "latexmk": "latexmk latexmk texlive-binextra -",
    "shellcheck": "shellcheck ShellCheck shellcheck shellcheck",
    "jq": "jq jq jq jq",
    "docker": "docker.io moby-engine docker -",
    "java": "default-jre java-latest-openjdk-headless jre-openjdk openjdk",
    "doxygen": "doxygen doxygen doxygen doxygen",
    "tesseract": "tesseract-ocr tesseract tesseract tesseract",
    "protoc": "protobuf-compiler protobuf-compiler protobuf protobuf",
    "xvfb-run": "xvfb xorg-x11-server-Xvfb xorg-server-xvfb -",
    # what tells compilers where a library is
    "pg_config": "libpq-dev libpq-devel postgresql-libs libpq",
    "mysql_config": "default-libmysqlclient-dev mariadb-connector-c-devel mariadb-libs mysql-client",
    "mariadb_config": "libmariadb-dev mariadb-connector-c-devel mariadb-libs mariadb-connector-c",
    "gdal-config": "libgdal-dev gdal-devel gdal gdal",
    "geos-config": "libgeos-dev geos-devel geos geos",
    "krb5-config": "libkrb5-dev krb5-devel krb5 krb5",
    "curl-config": "libcurl4-openssl-dev libcurl-devel curl curl",
    "xml2-config": "libxml2-dev libxml2-devel libxml2 libxml2",
    "xslt-config": "libxslt1-dev libxslt-devel libxslt libxslt",
    "nc-config": "libnetcdf-dev netcdf-devel netcdf netcdf",
    "llvm-config": "llvm-dev llvm-devel llvm llvm",
    # header files
    "Python.h": "python3-dev python3-devel python -",
    "ffi.h": "libffi-dev libffi-devel libffi libffi",
    "openssl/ssl.h": "libssl-dev openssl-devel openssl openssl",
    "openssl/opensslv.h": "libssl-dev openssl-devel openssl openssl",
    "pg_config.h": "libpq-dev libpq-devel postgresql-libs libpq",
    "libpq-fe.h": "libpq-dev libpq-devel postgresql-libs libpq",
    "mysql.h": "default-libmysqlclient-dev mariadb-connector-c-devel mariadb-libs mysql-client",
    "libxml/xmlversion.h": "libxml2-dev libxml2-devel libxml2 libxml2",
    "libxml/parser.h": "libxml2-dev libxml2-devel libxml2 libxml2",
    "libxslt/xslt.h": "libxslt1-dev libxslt-devel libxslt libxslt",
    "jpeglib.h": "libjpeg-dev libjpeg-turbo-devel libjpeg-turbo jpeg-turbo",
    "zlib.h": "zlib1g-dev zlib-devel zlib zlib",
    "ft2build.h": "libfreetype-dev freetype-devel freetype2 freetype",
    "lber.h": "libldap-dev openldap-devel libldap openldap",
    "ldap.h": "libldap-dev openldap-devel libldap openldap",
    "sasl/sasl.h": "libsasl2-dev cyrus-sasl-devel libsasl cyrus-sasl",
    "sasl.h": "libsasl2-dev cyrus-sasl-devel libsasl cyrus-sasl",
    "gmp.h": "libgmp-dev gmp-devel gmp gmp",
    "mpfr.h": "libmpfr-dev mpfr-devel mpfr mpfr",
    "hdf5.h": "libhdf5-dev hdf5-devel hdf5 hdf5",
    "yaml.h": "libyaml-dev libyaml-devel libyaml libyaml",
    "sqlite3.h": "libsqlite3-dev sqlite-devel sqlite sqlite",
    "cairo.h": "libcairo2-dev cairo-devel cairo cairo",
    "portaudio.h": "portaudio19-dev portaudio-devel portaudio portaudio",
    "sndfile.h": "libsndfile1-dev libsndfile-devel libsndfile libsndfile",
    "geos_c.h": "libgeos-dev geos-devel geos geos",
    "proj.h": "libproj-dev proj-devel proj proj",
    "gdal.h": "libgdal-dev gdal-devel gdal gdal",
    "cups/cups.h": "libcups2-dev cups-devel cups -",
    "dbus/dbus.h": "libdbus-1-dev dbus-devel dbus dbus",
    "pcap.h": "libpcap-dev libpcap-devel libpcap libpcap",
    "snappy-c.h": "libsnappy-dev snappy-devel snappy snappy",
    "gssapi/gssapi.h": "libkrb5-dev krb5-devel krb5 krb5",
    "gssapi.h": "libkrb5-dev krb5-devel krb5 krb5",
    "krb5.h": "libkrb5-dev krb5-devel krb5 krb5",
    "xmlsec/xmlsec.h": "libxmlsec1-dev xmlsec1-devel xmlsec libxmlsec1",
    "sys/capability.h": "libcap-dev libcap-devel libcap -",
    "rocksdb/c.h": "librocksdb-dev rocksdb-devel rocksdb rocksdb",
    "magic.h": "libmagic-dev file-devel file libmagic",
    "enchant.h": "libenchant-2-dev enchant2-devel enchant enchant",
    "libusb.h": "libusb-1.0-0-dev libusb1-devel libusb libusb",
    "zmq.h": "libzmq3-dev zeromq-devel zeromq zeromq",
    "netcdf.h": "libnetcdf-dev netcdf-devel netcdf netcdf",
    "fftw3.h": "libfftw3-dev fftw-devel fftw fftw",
    "curl/curl.h": "libcurl4-openssl-dev libcurl-devel curl curl",
    "bzlib.h": "libbz2-dev bzip2-devel bzip2 bzip2",
    "lzma.h": "liblzma-dev xz-devel xz xz",
    "readline/readline.h": "libreadline-dev readline-devel readline readline",
    "sql.h": "unixodbc-dev unixODBC-devel unixodbc unixodbc",
    "gsl/gsl_math.h": "libgsl-dev gsl-devel gsl gsl",
    "boost/python.hpp": "libboost-python-dev boost-devel boost boost-python3",
    "X11/Xlib.h": "libx11-dev libX11-devel libx11 libx11",
    "alsa/asoundlib.h": "libasound2-dev alsa-lib-devel alsa-lib -",
    "graphviz/cgraph.h": "libgraphviz-dev graphviz-devel graphviz graphviz",
}  # fmt: skip


def package(machine: Machine, wanted: str) -> str:
    """Return the system package that brings a program or header file on this machine, "" if none is known."""
    names = _PACKAGES.get(wanted, "").split()
    if machine.family in ("suse", "alpine") and names:  # named as in Fedora and Debian, mostly
        return names[0 if machine.family == "alpine" else 1].replace("build-essential", "build-base")
    if not names or machine.family not in _FAMILIES:
        return ""
    found = names[_FAMILIES.index(machine.family)]
    return "" if found == "-" else found


def install_package(machine: Machine, *names: str) -> str:
    """Return the line that installs system packages, "" where this machine's way is not known."""
    words = " ".join(names)
    if machine.family == "macos":
        return f"brew install {words}"
    if machine.family not in _INSTALLERS:
        return ""
    sudo = "sudo " if "sudo" in machine.programs else ""
    return f"{sudo}{_INSTALLERS[machine.family]} {words}"
