using Duplex.EventLoop.Hosting;
using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Tests.Transport;

/// <summary>The contract of a back end, on pairs of connected sockets.</summary>
public sealed unsafe class BackEndTests : IDisposable
{
    private BackEnd _backEnd = null!;

    public void Dispose() => _backEnd?.Dispose();

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void Bytes_arrive_whole_and_in_order(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        _backEnd.StartReceiving(near.Slot);

        var sent = new byte[300_000];
        Random.Shared.NextBytes(sent);
        SendAll(far, near, sent);

        Assert.Equal(sent, near.Received);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void The_peers_end_is_told_once_after_its_bytes(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        _backEnd.StartReceiving(near.Slot);
        Send(far, [1, 2, 3]);
        _backEnd.ShutdownSend(far.Slot);

        TurnUntil(() => near.Ended.Count > 0);
        for (var i = 0; i < 3; i++) Turn();

        Assert.Equal([1, 2, 3], near.Received);
        Assert.Equal([0], near.Ended);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void A_peer_that_takes_nothing_makes_the_send_pending_and_never_blocks(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        var bytes = new byte[8 * 1024 * 1024];
        var taken = SendWhilePossible(far, bytes);
        Assert.InRange(taken, 1, bytes.Length - 1);
        Assert.True(_backEnd.IsSending(far.Slot));

        // The peer reads: the rest goes on.
        _backEnd.StartReceiving(near.Slot);
        SendAll(far, near, bytes, taken);

        Assert.Equal(bytes.Length, near.Received.Count);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void Removing_a_socket_with_operations_pending_releases_it_once_and_tells_nothing_else(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        _backEnd.StartReceiving(near.Slot);
        SendWhilePossible(near, new byte[8 * 1024 * 1024]);
        Send(far, [1, 2, 3]);

        _backEnd.Remove(near.Slot, reset: true);
        _backEnd.Remove(near.Slot, reset: true);
        TurnUntil(() => near.Releases > 0);
        for (var i = 0; i < 3; i++) Turn();

        Assert.Equal(1, near.Releases);
        Assert.Empty(near.Ended);
        Assert.Equal(1, _backEnd.SocketCount);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void A_slot_that_is_used_again_gets_nothing_of_its_former_socket(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        _backEnd.StartReceiving(near.Slot);
        Turn();
        Send(far, [1, 2, 3]);
        _backEnd.Remove(near.Slot, reset: false);
        TurnUntil(() => near.Releases > 0);

        var (_, again, _) = Pair();
        Assert.Equal(near.Slot, again.Slot);
        _backEnd.StartReceiving(again.Slot);
        for (var i = 0; i < 3; i++) Turn();

        Assert.Empty(again.Received);
        Assert.Empty(again.Ended);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void A_paused_socket_leaves_bytes_in_the_kernel_until_it_is_resumed(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        _backEnd.StartReceiving(near.Slot);
        Turn();
        _backEnd.StopReceiving(near.Slot);
        for (var i = 0; i < 3; i++) Turn();
        Send(far, [1, 2, 3]);
        for (var i = 0; i < 3; i++) Turn();
        Assert.Empty(near.Received);

        _backEnd.StartReceiving(near.Slot);
        TurnUntil(() => near.Received.Count > 0);

        Assert.Equal([1, 2, 3], near.Received);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void A_pause_that_is_taken_back_at_once_loses_nothing(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        _backEnd.StartReceiving(near.Slot);
        Turn();
        _backEnd.StopReceiving(near.Slot);
        _backEnd.StartReceiving(near.Slot);
        Send(far, [1, 2, 3]);

        TurnUntil(() => near.Received.Count > 0);

        Assert.Equal([1, 2, 3], near.Received);
        Assert.Empty(near.Ended);
    }

    [Theory, MemberData(nameof(BackEnds.All), MemberType = typeof(BackEnds))]
    public void A_descriptor_given_back_still_holds_the_bytes_that_were_waited_for(EventLoopBackEnd kind)
    {
        var (_, near, far) = Pair(kind);
        _backEnd.WaitReadable(near.Slot);
        Send(far, [1, 2, 3]);
        TurnUntil(() => near.Readables > 0);

        var fd = _backEnd.Detach(near.Slot);
        var bytes = stackalloc byte[8];

        Assert.Equal(3, (int)LibC.Receive(fd, bytes, 8, 0));
        LibC.Close(fd);
    }

    private (EventLoopBackEnd Kind, Endpoint Near, Endpoint Far) Pair(EventLoopBackEnd kind = default)
    {
        _backEnd ??= BackEnds.Create(kind);
        var pair = stackalloc int[2];
        const int nonBlocking = SocketConstants.NonBlocking;
        Assert.Equal(0, LibC.SocketPair(SocketConstants.UnixDomain, SocketConstants.StreamType | nonBlocking, 0, pair));
        var near = new Endpoint();
        var far = new Endpoint();
        near.Slot = _backEnd.Add(pair[0], near);
        far.Slot = _backEnd.Add(pair[1], far);
        return (kind, near, far);
    }

    private void Turn()
    {
        _backEnd.Turn(wait: false);
        _backEnd.Release();
    }

    private void TurnUntil(Func<bool> condition)
    {
        for (var i = 0; i < 10_000 && !condition(); i++) Turn();
        Assert.True(condition());
    }

    private void Send(Endpoint from, byte[] bytes)
    {
        from.Pinned = Pin(bytes);
        var vector = new IoVector { Base = from.Start, Length = (nuint)bytes.Length };
        Assert.InRange(_backEnd.Send(from.Slot, &vector, 1), 0, bytes.Length);
        Turn();
    }

    private int SendWhilePossible(Endpoint from, byte[] bytes)
    {
        from.Pinned = Pin(bytes);
        var total = 0;
        for (var i = 0; i < 1000; i++)
        {
            if (!_backEnd.IsSending(from.Slot))
            {
                var vector = new IoVector { Base = from.Start + total, Length = (nuint)(bytes.Length - total) };
                total += _backEnd.Send(from.Slot, &vector, 1);
            }

            Turn();
            total += from.TakeSent();
        }

        return total;
    }

    private void SendAll(Endpoint from, Endpoint to, byte[] bytes, int total = 0)
    {
        from.Pinned ??= Pin(bytes);
        TurnUntil(() =>
        {
            total += from.TakeSent();
            if (total < bytes.Length && !_backEnd.IsSending(from.Slot))
            {
                var vector = new IoVector { Base = from.Start + total, Length = (nuint)(bytes.Length - total) };
                total += _backEnd.Send(from.Slot, &vector, 1);
            }

            return to.Received.Count == bytes.Length;
        });
    }

    private static byte[] Pin(byte[] bytes)
    {
        var pinned = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(pinned, 0);
        return pinned;
    }

    private sealed class Endpoint : ISocketEvents
    {
        private int _sent;

        public int Slot { get; set; }

        public byte[]? Pinned { get; set; }

        public byte* Start
        {
            get
            {
                fixed (byte* start = Pinned) return start;
            }
        }

        public List<byte> Received { get; } = [];

        public void OnFailed() { }

        public List<int> Ended { get; } = [];

        public int Readables { get; private set; }

        public int Releases { get; private set; }

        public int TakeSent()
        {
            var sent = _sent;
            _sent = 0;
            return sent;
        }

        public void OnReceived(Span<byte> data) => Received.AddRange(data.ToArray());

        public void OnReceiveEnded(int error) => Ended.Add(error);

        public void OnSent(int result) => _sent += result;

        public void OnReadable() => Readables++;

        public void OnReleased() => Releases++;
    }
}
