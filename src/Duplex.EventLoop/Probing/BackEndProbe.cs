using Duplex.EventLoop.Interop;
using Duplex.EventLoop.Transport;

namespace Duplex.EventLoop.Probing;

/// <summary>
/// Tests a back end with the operations that the loops need, over a pair of sockets. The probe detects kernels and
/// containers that forbid it, lack an operation or emulate the interface in part before a connection depends on it.
/// </summary>
internal static class BackEndProbe
{
    private const int MaxTurns = 10;

    /// <summary>Returns the reason why the back end is not available; null when it is.</summary>
    public static unsafe string? Refusal(Func<BackEnd> create)
    {
        if (!OperatingSystem.IsLinux()) return "not Linux";
        try
        {
            using var backEnd = create();
            var pair = stackalloc int[2];
            if (LibC.SocketPair(SocketConstants.UnixDomain, SocketConstants.StreamType, 0, pair) != 0) return "no socket pair";
            var receiver = new Probe();
            var sender = new Probe();
            var receiving = backEnd.Add(pair[0], receiver);
            var sending = backEnd.Add(pair[1], sender);
            backEnd.StartReceiving(receiving);
            var isWhole = Exchange(backEnd, sending, sender, receiver, 1) && Exchange(backEnd, sending, sender, receiver, 2);

            backEnd.Remove(sending, reset: false);
            backEnd.Remove(receiving, reset: false);
            for (var i = 0; i < MaxTurns && backEnd.SocketCount > 0; i++)
            {
                backEnd.Turn(wait: false);
                backEnd.Release();
            }

            if (backEnd.SocketCount > 0) return "operations cannot be cancelled";
            return isWhole ? null : $"bytes sent over {backEnd.Name} do not arrive";
        }
        catch (BackEndException exception)
        {
            return exception.Message;
        }
    }

    private static unsafe bool Exchange(BackEnd backEnd, int slot, Probe sender, Probe receiver, int count)
    {
        byte value = 42;
        var vector = new IoVector { Base = &value, Length = 1 };
        sender.OnSent(backEnd.Send(slot, &vector, 1));
        for (var i = 0; i < MaxTurns && (receiver.Received < count || sender.Sent < count); i++) backEnd.Turn(wait: false);
        return receiver.Received == count && sender.Sent == count;
    }

    private sealed class Probe : ISocketEvents
    {
        public int Received { get; private set; }

        public int Sent { get; private set; }

        public void OnReceived(Span<byte> data) => Received += data.Length;

        public void OnSent(int result) => Sent += result;

        public void OnFailed() { }
    }
}
