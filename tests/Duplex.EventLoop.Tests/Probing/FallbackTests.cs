using System.Runtime.InteropServices;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Loops;
using Duplex.EventLoop.Polling;
using Duplex.EventLoop.Probing;

namespace Duplex.EventLoop.Tests.Probing;

/// <summary>Systems that forbid io_uring, imitated by a seccomp filter on one thread and those it starts.</summary>
public sealed partial class FallbackTests : IDisposable
{
    private const uint Setup = 425;
    private const uint Register = 427;
    private const uint Enter = 426;
    private const int NotPermitted = 1;
    private const int NotImplemented = 38;

    // The two from before system calls had one number everywhere.
    private static readonly uint EpollCreate = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 291u : 20u;
    private static readonly uint EventFd = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 290u : 19u;

    private readonly LogRecords _logs = new();

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData(Setup, NotPermitted, "io_uring_setup failed with errno 1.")]
    [InlineData(Setup, NotImplemented, "io_uring_setup failed with errno 38.")]
    [InlineData(Register, NotPermitted, "io_uring_register failed with errno 1.")]
    [InlineData(Enter, NotPermitted, "io_uring_enter failed with errno 1.")]
    public void A_system_that_forbids_a_call_is_found_out_and_runs_on_epoll(uint call, int error, string reason)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "seccomp is Linux's");
        OnThreadWithout([call], error, () =>
        {
            Assert.Equal(reason, UringProbe.Refusal());
            var group = Start(EventLoopBackEnd.Automatic);
            Assert.Equal("epoll", group!.Loops[0].BackEnd.Name);
            group.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });

        Assert.Equal([$"WebSockets run on 2 event loops over epoll; not on io_uring: {reason}"], _logs.Texts);
    }

    [Fact]
    public void A_system_that_forbids_both_leaves_everything_to_Kestrel()
    {
        OnThreadWithout([Setup, EpollCreate], NotPermitted, () => Assert.Null(Start(EventLoopBackEnd.Automatic)));

        Assert.Equal(
            ["WebSockets run on Kestrel alone: io_uring: io_uring_setup failed with errno 1. epoll: epoll_create1 failed with errno 1."],
            _logs.Texts);
    }

    [Fact]
    public void A_back_end_whose_wake_up_is_forbidden_is_not_used() =>
        OnThreadWithout([EventFd], NotPermitted, () =>
        {
            Assert.Null(Start(EventLoopBackEnd.Automatic));
            Assert.Contains("epoll: eventfd failed with errno 1.", Assert.Single(_logs.Texts), StringComparison.Ordinal);
        });

    [Theory]
    [InlineData(EventLoopBackEnd.IoUring, "io_uring: io_uring_setup failed with errno 1.")]
    [InlineData(EventLoopBackEnd.Epoll, "epoll: epoll_create1 failed with errno 1.")]
    public void Forcing_what_is_forbidden_fails_with_the_reason(EventLoopBackEnd kind, string reason)
    {
        OnThreadWithout([Setup, EpollCreate], NotPermitted, () =>
        {
            var exception = Assert.Throws<PlatformNotSupportedException>(() => Start(kind));
            Assert.Equal($"The requested event loops are not available. {reason}", exception.Message);
        });

        Assert.Empty(_logs.Texts);
    }

    [Fact]
    public async Task Loops_that_cannot_all_start_leave_none_behind()
    {
        var made = 0;
        var candidate = new Candidate("second fails", () => ++made < 3 ? new EpollBackEnd() : throw new EpollException("test", 12));
        Assert.Null(await LoopGroup.StartAsync([candidate], new EventLoopOptions { Loops = 2 }, TimeProvider.System, _logs));
        Assert.Equal(["WebSockets run on Kestrel alone: second fails: test failed with errno 12."], _logs.Texts);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task What_is_forced_is_said_in_one_line(EventLoopBackEnd kind)
    {
        BackEnds.SkipIfRefused(kind);
        var group = (await StartAsync(kind))!;
        var name = group.Loops[0].BackEnd.Name;
        await group.DisposeAsync();

        Assert.Equal([$"WebSockets run on 2 event loops over {name}."], _logs.Texts);
    }

    [Fact]
    public async Task None_leaves_everything_to_Kestrel()
    {
        Assert.Null(await StartAsync(EventLoopBackEnd.None));
        Assert.Equal(["WebSockets run on Kestrel alone: EventLoopOptions.BackEnd is None."], _logs.Texts);
    }

    private LoopGroup? Start(EventLoopBackEnd kind) => StartAsync(kind).GetAwaiter().GetResult();

    private Task<LoopGroup?> StartAsync(EventLoopBackEnd kind) =>
        LoopGroup.StartAsync(new EventLoopOptions { BackEnd = kind, Loops = 2 }, TimeProvider.System, _logs);

    /// <summary>A filter binds the thread that installs it and the threads it starts, for as long as they live.</summary>
    private static void OnThreadWithout(uint[] calls, int error, Action action)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                foreach (var call in calls) Forbid(call, error);
                action();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null) throw new InvalidOperationException(failure.Message, failure);
    }

    private static unsafe void Forbid(uint call, int error)
    {
        const int noNewPrivileges = 38, setSeccomp = 22, modeFilter = 2;
        const ushort loadWord = 0x20, jumpIfEqual = 0x15, giveBack = 0x06;
        const uint fail = 0x0005_0000, allow = 0x7FFF_0000;
        var filter = stackalloc Instruction[4]
        {
            new() { Code = loadWord },
            new() { Code = jumpIfEqual, JumpFalse = 1, Value = call },
            new() { Code = giveBack, Value = fail | (uint)error },
            new() { Code = giveBack, Value = allow },
        };
        var program = new Program { Length = 4, Filter = filter };
        Assert.Equal(0, ProcessControl(noNewPrivileges, 1, 0, 0, 0));
        Assert.Equal(0, ProcessControl(setSeccomp, modeFilter, (nint)(&program), 0, 0));
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nint a, nint b, nint c, nint d);

    [StructLayout(LayoutKind.Sequential)]
    private struct Instruction
    {
        public ushort Code;
        public byte JumpTrue;
        public byte JumpFalse;
        public uint Value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Program
    {
        public ushort Length;
        public Instruction* Filter;
    }
}
