using System.Net;
using Duplex.Configuration;

namespace Duplex.EventLoop.Hosting;

/// <summary>Options of the event loops. The configuration section is <c>Duplex:EventLoops</c>.</summary>
public sealed class EventLoopOptions
{
    internal const int MaxLoops = 256;

    /// <summary>The back end. Default: <see cref="EventLoopBackEnd.Automatic"/>, the best available one.</summary>
    public EventLoopBackEnd BackEnd { get; set; }

    /// <summary>Number of loops, each a thread. The default is one for each processor.</summary>
    /// <value>From 1 to 256 loops. Default: one for each processor, at most 256.</value>
    [NumberRange(1, MaxLoops, "loops")]
    public int Loops { get; set; } = Math.Min(Environment.ProcessorCount, MaxLoops);

    /// <summary>
    /// Time from accepting a connection to the end of its first request's head; received bytes do not extend it. When it
    /// elapses, a connection that sent part of the head receives status 408, and a silent one is closed.
    /// </summary>
    /// <value>From 1 ms to 1 hour. Default 10 s.</value>
    [TimeRange("00:00:00.001", "01:00:00")]
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Returns whether the loops accept connections on this address; Kestrel accepts on the others. Default: every IP
    /// address. Kestrel always accepts on addresses where it terminates TLS. Return false for addresses where connection
    /// middleware of the application terminates TLS or speaks another protocol: a loop there waits for the client's request.
    /// </summary>
    public Func<IPEndPoint, bool> Takes { get; set; } = static _ => true;

    /// <summary>Reports every value that is out of its range.</summary>
    /// <param name="faults">Receives the faults.</param>
    internal void Check(OptionFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        faults.CheckRanges(this);
        if (Takes is null) faults.Add(nameof(Takes), null, "a function");
    }
}
