using LoadTool.Measuring;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>Measures new connections per second: each is opened, completes the handshake and is reset.</summary>
internal static class StormLoad
{
    public static Result Run(Target target, LoadOptions options)
    {
        long opened = 0;
        var window = new Window(options.Server, options.WarmUp, options.Length);
        using var stop = new CancellationTokenSource();
        // Threads may block: the generator's cost per connection is small compared with the server's handshake.
        var threads = Enumerable.Range(0, options.Connections).Select(_ => new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                LoadConnection.Open(target).Dispose();
                Interlocked.Increment(ref opened);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        while (window.Goes(Interlocked.Read(ref opened))) Thread.Sleep(1);
        var result = window.Close("storm", Interlocked.Read(ref opened));
        stop.Cancel();
        threads.ForEach(thread => thread.Join());
        return result;
    }
}
