using System.Buffers;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Showcase.Lines;

/// <summary>One direction of a connection. It holds a bounded number of bytes and otherwise leaves them with the sender.</summary>
internal sealed class LineDirection(Socket from, Socket to, Line line, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    private readonly Channel<Parcel> _underWay = Channel.CreateUnbounded<Parcel>(new() { SingleReader = true, SingleWriter = true });
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly LineSchedule _schedule = new(Random.Shared);
    private readonly long _start = time.GetTimestamp();
    private long _sent;
    private long _delivered;

    /// <summary>The number of bytes taken from the sender.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>The number of bytes passed to the receiver's socket.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>The last bytes that have arrived for the receiver.</summary>
    public LineCapture Capture { get; } = new();

    private TimeSpan Now => time.GetElapsedTime(_start);

    private int Held => (int)(Sent - Delivered);

    /// <summary>Takes bytes from the sender, at the line's rate, until its end of data.</summary>
    /// <exception cref="SocketException">The sender's socket failed.</exception>
    public async Task TakeAsync(CancellationToken stop)
    {
        while (true)
        {
            if (_schedule.Wait(Now) is var wait && wait > TimeSpan.Zero) await DelayAsync(wait, time, stop);
            while (Held >= line.Settings.HeldBytes) await _arrived.WaitAsync(stop);

            // A buffer is rented only for bytes that are there: most connections are idle.
            var arrival = from.ReceiveAsync(Memory<byte>.Empty, stop);
            var hasWaited = arrival.IsCompleted;
            await arrival;
            await line.OpenAsync(stop);
            var settings = line.Settings;
            var buffer = ArrayPool<byte>.Shared.Rent(settings.ReadBytes);
            var count = await from.ReceiveAsync(buffer.AsMemory(0, settings.ReadBytes), stop);
            Interlocked.Add(ref _sent, count);
            _underWay.Writer.TryWrite(new Parcel(buffer, count, _schedule.Take(count, Now, hasWaited, settings)));
            if (count == 0) return;
        }
    }

    /// <summary>Passes bytes to the receiver when they have arrived, and its end of data after them.</summary>
    /// <exception cref="SocketException">The receiver's socket failed.</exception>
    public async Task DeliverAsync(CancellationToken stop)
    {
        await foreach (var (buffer, count, arrival) in _underWay.Reader.ReadAllAsync(stop))
        {
            while (arrival - Now is var wait && wait > TimeSpan.Zero) await DelayAsync(wait, time, stop);
            await line.OpenAsync(stop);
            if (count == 0)
            {
                to.Shutdown(SocketShutdown.Send);
                return;
            }

            // Before they are sent, so that whoever has received an answer to them finds them in the capture.
            Capture.Add(buffer.AsSpan(0, count));
            for (var at = 0; at < count;) at += await to.SendAsync(buffer.AsMemory(at, count - at), stop);
            ArrayPool<byte>.Shared.Return(buffer);
            Interlocked.Add(ref _delivered, count);
            if (_arrived.CurrentCount == 0) _arrived.Release();
        }
    }

    /// <summary>Waits about this time: a timer can end early by less than its resolution, so callers compare again.</summary>
    public static Task DelayAsync(TimeSpan wait, TimeProvider time, CancellationToken stop) =>
        Task.Delay(wait > TimerResolution ? wait : TimerResolution, time, stop);

    public void Dispose() => _arrived.Dispose();

    private readonly record struct Parcel(byte[] Buffer, int Count, TimeSpan Arrival);
}
