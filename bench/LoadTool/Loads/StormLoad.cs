using LoadTool.Measuring;
using LoadTool.Sockets;

namespace LoadTool.Loads;

/// <summary>New connections per second: connect, shake hands, reset, again.</summary>
internal static class StormLoad
{
    public static Result Run(Target target, LoadOptions options)
    {
        long opened = 0;
        var window = new Window(options.Server, options.WarmUp, options.Length);
        using var stop = new CancellationTokenSource();
        // Blocking threads: the generator's cost per connection is small beside the server's handshake.
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
