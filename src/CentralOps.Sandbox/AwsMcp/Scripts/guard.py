# Runs one script under limits that it cannot lift: python -I -B -c <this> <directory> <host> <port> <cpu seconds> <memory bytes> <file bytes>
# The script comes on standard input. Exit 78: this machine cannot confine it, and it was not run.
import ctypes
import os
import platform
import resource
import struct
import sys

UNCONFINED = 78
NO_NEW_PRIVILEGES, SET_SECCOMP, FILTER = 38, 22, 2
NUMBERS = {
    # Calls that are refused: programs, signals to others, other processes' memory, serving, mounts and name spaces, and what a kernel
    # has been broken with most.
    "x86_64": dict(
        arch=0xC000003E, socket=41, clone=56, clone3=435, prlimit=302, tgkill=234, capset=126,
        refused=[57, 58, 59, 322, 62, 200, 129, 297, 424, 101, 310, 311, 438, 49, 50, 43, 288, 165, 166, 272, 308, 161, 155, 321, 425, 426,
                 427, 248, 249, 250, 298, 323, 175, 313, 246, 304, 160]),
    "aarch64": dict(
        arch=0xC00000B7, socket=198, clone=220, clone3=435, prlimit=261, tgkill=131, capset=91,
        refused=[221, 281, 129, 130, 138, 240, 424, 117, 270, 271, 438, 200, 201, 202, 242, 40, 39, 97, 268, 51, 41, 280, 425, 426, 427,
                 217, 218, 219, 241, 282, 105, 273, 104, 265, 164]),
}
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def refuse(why):
    sys.stderr.write("This machine cannot confine a script: " + why + "\n")
    sys.stderr.flush()
    os._exit(UNCONFINED)


def limit(cpu, memory, file_size):
    for what, most in ((resource.RLIMIT_CPU, cpu), (resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, file_size),
                       (resource.RLIMIT_NOFILE, 128), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_MEMLOCK, 0), (resource.RLIMIT_MSGQUEUE, 0)):
        resource.setrlimit(what, (most, most))


def drop_capabilities(numbers):
    # Version 3 of the header, this process; effective, permitted and inheritable, twice 32 bits each.
    header, none = struct.pack("=II", 0x20080522, 0), bytes(24)
    if libc.syscall(ctypes.c_long(numbers["capset"]), header, none) != 0:
        refuse("capset, error %d" % ctypes.get_errno())


def landlock(directory, port):
    abi = libc.syscall(ctypes.c_long(444), None, ctypes.c_size_t(0), ctypes.c_uint(1))
    if abi < 1:
        refuse("its kernel has no Landlock (5.13 and later have it)")
    files = (1 << 13) - 1
    files |= (1 << 13 if abi >= 2 else 0) | (1 << 14 if abi >= 3 else 0) | (1 << 15 if abi >= 5 else 0)
    attributes = struct.pack("=QQQ", files, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    rules = libc.syscall(ctypes.c_long(444), attributes, ctypes.c_size_t(size), ctypes.c_uint(0))
    if rules < 0:
        refuse("Landlock, error %d" % ctypes.get_errno())

    def beneath(path, rights):
        try:
            handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except OSError:
            return
        try:
            if not os.path.isdir(path):
                rights &= 1 << 1 | 1 << 2 | 1 << 14
            added = libc.syscall(ctypes.c_long(445), ctypes.c_int(rules), ctypes.c_int(1), struct.pack("=Qi", rights & files, handle), ctypes.c_uint(0))
            if added != 0:
                refuse("a Landlock rule, error %d" % ctypes.get_errno())
        finally:
            os.close(handle)

    read, write = 1 << 2 | 1 << 3, 1 << 1
    places = set(sys.path) | {sys.prefix, sys.base_prefix} if sys.prefix not in ("/usr", "/") else set(sys.path)
    for place in places | {"/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/lib", "/lib64", "/etc/mime.types", "/dev/urandom"}:
        if place:
            beneath(place, read)
    beneath("/dev/null", read | write)
    beneath(directory, read | write | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8 | 1 << 13 | 1 << 14)
    if abi >= 4 and libc.syscall(ctypes.c_long(445), ctypes.c_int(rules), ctypes.c_int(2), struct.pack("=QQ", 2, port), ctypes.c_uint(0)) != 0:
        refuse("the Landlock rule for the network, error %d" % ctypes.get_errno())
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0 or libc.syscall(ctypes.c_long(446), ctypes.c_int(rules), ctypes.c_uint(0)) != 0:
        refuse("Landlock could not be put in force, error %d" % ctypes.get_errno())
    os.close(rules)


def seccomp(numbers):
    program = []
    load = lambda offset: program.append((0x20, 0, 0, offset))
    # Jumps are relative to the next instruction.
    jump_equal = lambda value, then, other: program.append((0x15, then, other, value))
    answer = lambda value: program.append((0x06, 0, 0, value))
    permit, refused, absent = 0x7FFF0000, 0x00050000 | 1, 0x00050000 | 38
    load(4)
    jump_equal(numbers["arch"], 1, 0)
    answer(refused)
    load(0)
    # The x32 calls of x86_64 have numbers of their own.
    program.append((0x35, 0, 1, 0x40000000))
    answer(refused)
    for number in numbers["refused"]:
        jump_equal(number, 0, 1)
        answer(refused)
    # glibc then uses clone, whose flags can be seen.
    jump_equal(numbers["clone3"], 0, 1)
    answer(absent)
    # A thread, not a process.
    jump_equal(numbers["clone"], 0, 4)
    load(16)
    program.append((0x45, 1, 0, 0x00010000))
    answer(refused)
    answer(permit)
    # Reading a limit, not setting one.
    jump_equal(numbers["prlimit"], 0, 6)
    load(32)
    jump_equal(0, 0, 2)
    load(36)
    jump_equal(0, 1, 0)
    answer(refused)
    answer(permit)
    # Signals to itself.
    jump_equal(numbers["tgkill"], 0, 4)
    load(16)
    jump_equal(os.getpid(), 1, 0)
    answer(refused)
    answer(permit)
    # TCP over IPv4 or IPv6.
    jump_equal(numbers["socket"], 0, 8)
    load(16)
    jump_equal(2, 1, 0)
    jump_equal(10, 0, 3)
    load(24)
    program.append((0x54, 0, 0, 0xF))
    jump_equal(1, 1, 0)
    answer(refused)
    answer(permit)
    answer(permit)
    code = b"".join(struct.pack("=HBBI", *one) for one in program)
    held = ctypes.create_string_buffer(code, len(code))
    filtered = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(held)))
    if libc.prctl(SET_SECCOMP, FILTER, filtered, 0, 0) != 0:
        refuse("a filter of system calls, error %d" % ctypes.get_errno())


def refuse_by_name(host, port):
    # Beside the kernel's rules, which know ports and no addresses: words that a person understands, and the address.
    barred = ("subprocess.", "os.fork", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "pty.", "ctypes.", "socket.bind", "socket.sendto", "socket.sendmsg")

    def hook(event, arguments):
        if event.startswith(barred):
            raise PermissionError(1, "a script may not do that here: " + event)
        if event == "socket.connect" and tuple(arguments[1][:2]) != (host, port):
            raise PermissionError(1, "a script reaches AWS's endpoint alone")
        if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr") and arguments[0] not in (host, host.encode()):
            raise PermissionError(1, "a script reaches AWS's endpoint alone")

    sys.addaudithook(hook)


def run(source):
    import traceback
    try:
        code = compile(source, "script.py", "exec")
        exec(code, {"__name__": "__main__", "__builtins__": __builtins__})
    except SystemExit:
        raise
    except BaseException as error:
        trace = error.__traceback__.tb_next if not isinstance(error, SyntaxError) else None
        traceback.print_exception(type(error), error, trace)
        sys.exit(1)


directory, host, port, cpu, memory, file_size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6])
source = sys.stdin.buffer.read()
numbers = NUMBERS.get(platform.machine())
if numbers is None or not sys.platform.startswith("linux"):
    refuse("only Linux on x86_64 and aarch64 is provided for")
os.chdir(directory)
sys.argv = ["script.py"]
limit(cpu, memory, file_size)
landlock(directory, port)
drop_capabilities(numbers)
seccomp(numbers)
refuse_by_name(host, port)
run(source)
