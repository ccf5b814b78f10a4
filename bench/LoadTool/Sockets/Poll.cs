using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace LoadTool.Sockets;

/// <summary>Epoll instance over many connections, which passes readable connections to the caller on one thread.</summary>
internal sealed unsafe class Poll : IDisposable
{
    private const int Capacity = 1024;
    private readonly int _epoll = Libc.EpollCreate(0);
    private long _spunTicks;
    private readonly IReadOnlyList<LoadConnection> _connections;
    private readonly byte* _buffer = (byte*)NativeMemory.Alloc(BufferBytes);
    private readonly Libc.EpollEvent* _events = (Libc.EpollEvent*)NativeMemory.Alloc((nuint)(Capacity * sizeof(Libc.EpollEvent)));
    private const int BufferBytes = 1 << 20;

    public Poll(IReadOnlyList<LoadConnection> connections)
    {
        _connections = connections;
        for (var i = 0; i < connections.Count; i++)
        {
            connections[i].GoNonBlocking();
            connections[i].AcknowledgeLater();
            // The edge for writing matters only after a partial send; registering it always costs nothing.
            var interest = new Libc.EpollEvent { Events = Libc.EpollIn | EdgeTriggered | Libc.EpollOut, Data = i };
            if (Libc.EpollControl(_epoll, 1, connections[i].Descriptor, &interest) != 0)
                throw new SocketException(Marshal.GetLastPInvokeError());
        }
    }

    private const uint EdgeTriggered = 1u << 31;

    /// <summary>Processor time spent polling without a result.</summary>
    public TimeSpan Spun => Stopwatch.GetElapsedTime(0, _spunTicks);

    /// <summary>Handles bytes that arrived on a connection.</summary>
    public delegate void Received(int index, LoadConnection connection, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// Waits at most this long, then passes on all bytes that have arrived. Waking a generator that sleeps costs the server
    /// time for each message, which a client on another machine does not cost, so fan-outs do not wait.
    /// </summary>
    public void Turn(int timeoutMilliseconds, Received received)
    {
        var before = Stopwatch.GetTimestamp();
        var count = Libc.EpollWait(_epoll, _events, Capacity, timeoutMilliseconds);
        if (count == 0 && timeoutMilliseconds == 0) _spunTicks += Stopwatch.GetTimestamp() - before;
        for (var i = 0; i < count; i++)
        {
            var index = _events[i].Data;
            var connection = _connections[index];
            if (connection.HasUnsent) connection.Flush();
            if ((_events[i].Events & ~(uint)Libc.EpollOut) == 0) continue;
            Drain(index, connection, received);
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_buffer);
        NativeMemory.Free(_events);
    }

    private void Drain(int index, LoadConnection connection, Received received)
    {
        while (true)
        {
            var length = Libc.Receive(connection.Descriptor, _buffer, BufferBytes, 0);
            if (length > 0)
            {
                received(index, connection, new ReadOnlySpan<byte>(_buffer, (int)length));
                // A read that did not fill the buffer has drained the socket; later bytes raise a new edge.
                if (length < BufferBytes) return;
                continue;
            }

            if (length < 0 && Marshal.GetLastPInvokeError() is Libc.Again or Libc.Interrupted) return;
            throw new InvalidOperationException($"The server closed connection {index} during the measurement.");
        }
    }
}
