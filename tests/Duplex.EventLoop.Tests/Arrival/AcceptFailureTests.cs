using System.Net.Sockets;
using System.Runtime.InteropServices;
using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Interop;
using Duplex.Protocol.Framing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.EventLoop.Tests.Arrival;

/// <summary>A process whose descriptors are all in use. Runs alone: it is the test's own process.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed partial class AcceptFailureTests
{
    private const int DescriptorLimit = 7;

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public async Task Accepting_goes_on_a_second_after_descriptors_ran_out_and_serves_who_waited(EventLoopBackEnd kind)
    {
        // io_uring keeps the limit that is in force when accepting begins.
        using var limit = new LowLimit();
        var time = new FakeTimeProvider();
        await using var server = (await LoopServer.StartAsync(kind, builder => builder.Services.AddSingleton<TimeProvider>(time)))
            .With("/echo", new TestHandler());
        using var before = await RawClient.UpgradeAsync(server.Address, "/echo");
        await server.Until(loop => loop.TimerCount, 1);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        RawClient waiting;
        using (new NoDescriptors())
        {
            // The kernel connects, the server cannot take it.
            waiting = await RawClient.ConnectAsync(server.Address, socket);
            await server.Until(loop => loop.TimerCount, 2);
            Assert.Contains(server.Logs.Texts, static text => text.StartsWith("Accepting connections failed with errno 24: the process has too many open files. Raise `ulimit -n`", StringComparison.Ordinal));
            // Those that are there are served meanwhile.
            await before.SendFrameAsync(Opcode.Text, "x"u8);
            await before.ReadFrameAsync();
            // Trying in vain is no reason to stop trying.
            time.Advance(TimeSpan.FromSeconds(1.1));
            await server.Until(loop => loop.TimerCount, 2);
        }

        time.Advance(TimeSpan.FromSeconds(1.1));

        await waiting.SendAsync(RawClient.UpgradeRequest("/echo"));
        Assert.StartsWith("HTTP/1.1 101 ", await waiting.ReadHeadAsync(), StringComparison.Ordinal);
    }

    /// <summary>Lets the process have few more descriptors than it has.</summary>
    private sealed unsafe partial class LowLimit : IDisposable
    {
        private const int Room = 200;

        private readonly ulong _before;

        public LowLimit()
        {
            // What other tests dropped without closing would come free later.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var limits = stackalloc ulong[2];
            Assert.Equal(0, GetLimit(DescriptorLimit, limits));
            _before = limits[0];
            limits[0] = (ulong)Directory.GetFiles("/proc/self/fd").Max(path => int.Parse(Path.GetFileName(path))) + Room;
            Assert.Equal(0, SetLimit(DescriptorLimit, limits));
        }

        public void Dispose()
        {
            var limits = stackalloc ulong[2];
            Assert.Equal(0, GetLimit(DescriptorLimit, limits));
            limits[0] = _before;
            Assert.Equal(0, SetLimit(DescriptorLimit, limits));
        }

        [LibraryImport("libc", EntryPoint = "getrlimit")]
        private static partial int GetLimit(int resource, ulong* limits);

        [LibraryImport("libc", EntryPoint = "setrlimit")]
        private static partial int SetLimit(int resource, ulong* limits);
    }

    /// <summary>Takes every descriptor that is free.</summary>
    private sealed class NoDescriptors : IDisposable
    {
        private readonly List<int> _taken = [LibC.EventFd(0, 0)];

        public NoDescriptors()
        {
            while (LibC.FileControl(_taken[0], SocketConstants.DuplicateCloseOnExec, 0) is var fd and >= 0) _taken.Add(fd);
        }

        public void Dispose()
        {
            foreach (var fd in _taken) LibC.Close(fd);
        }
    }
}
