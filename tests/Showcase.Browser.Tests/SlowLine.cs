using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Showcase.Browser.Tests;

/// <summary>
/// A line to a server that carries what the server sends at a rate. What waits piles up, as in the buffers of a bad
/// mobile network; what the browser sends passes at once.
/// </summary>
public sealed class SlowLine : IAsyncDisposable
{
    private const int MostBytesAtOnce = 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _server;
    private readonly Task _accepting;
    private volatile int _bytesPerSecond = int.MaxValue;

    public SlowLine(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the browser connects to.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>From now on the line carries this much.</summary>
    public void Carry(int bytesPerSecond) => _bytesPerSecond = bytesPerSecond;

    /// <summary>From now on the line carries everything.</summary>
    public void Recover() => _bytesPerSecond = int.MaxValue;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(ForwardAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ForwardAsync(TcpClient browser)
    {
        using var server = new TcpClient { NoDelay = true };
        using (browser)
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _stop.Token);
                var waiting = Channel.CreateUnbounded<byte[]>();
                await Task.WhenAny(
                    browser.GetStream().CopyToAsync(server.GetStream(), _stop.Token),
                    ReadAsync(server.GetStream(), waiting.Writer),
                    WriteAsync(waiting.Reader, browser.GetStream()));
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
            {
                // One side has gone; so does the other.
            }
        }
    }

    private async Task ReadAsync(NetworkStream server, ChannelWriter<byte[]> waiting)
    {
        var buffer = new byte[MostBytesAtOnce];
        while (await server.ReadAsync(buffer, _stop.Token) is var count and > 0) waiting.TryWrite(buffer[..count]);
        waiting.Complete();
        // The rest still has to pass.
        await Task.Delay(Timeout.Infinite, _stop.Token);
    }

    private async Task WriteAsync(ChannelReader<byte[]> waiting, NetworkStream browser)
    {
        var free = Stopwatch.GetTimestamp();
        await foreach (var bytes in waiting.ReadAllAsync(_stop.Token))
        {
            free = Math.Max(free, Stopwatch.GetTimestamp()) + (long)((double)bytes.Length / _bytesPerSecond * Stopwatch.Frequency);
            var pause = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), free);
            if (pause > TimeSpan.FromMilliseconds(1)) await Task.Delay(pause, _stop.Token);
            await browser.WriteAsync(bytes, _stop.Token);
        }
    }
}
