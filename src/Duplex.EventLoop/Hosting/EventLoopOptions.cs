using System.Net;
using Duplex.Configuration;

namespace Duplex.EventLoop.Hosting;

/// <summary>How event loops serve an application. The configuration section is <c>Duplex:EventLoops</c>.</summary>
public sealed class EventLoopOptions
{
    internal const int MaxLoops = 256;

    /// <summary>The back end. Default: the best that the system offers.</summary>
    public EventLoopBackEnd BackEnd { get; set; }

    /// <summary>Number of loops, each a thread. The default is one for each processor.</summary>
    /// <value>From 1 to 256 loops. Default: one for each processor, at most 256.</value>
    [NumberRange(1, MaxLoops, "loops")]
    public int Loops { get; set; } = Math.Min(Environment.ProcessorCount, MaxLoops);

    /// <summary>
    /// Time from accepting a connection to the end of its first request's head, however many bytes drip in. A connection that sent a
    /// part is then answered with 408, a silent one is dropped.
    /// </summary>
    /// <value>From 1 ms to 1 hour. Default 10 s.</value>
    [TimeRange("00:00:00.001", "01:00:00")]
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Returns whether the loops accept connections of this address; Kestrel accepts the others. Default: every IP
    /// address. Kestrel always accepts where it does TLS. Leave out addresses where connection
    /// middleware of your own does TLS or speaks another protocol: a loop waits there for the client's request.
    /// </summary>
    public Func<IPEndPoint, bool> Takes { get; set; } = static _ => true;

    /// <summary>Reports every value that is out of its range.</summary>
    /// <param name="faults">Receives the faults.</param>
    public void Check(OptionFaults faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        faults.CheckRanges(this);
        if (Takes is null) faults.Add(nameof(Takes), null, "a function");
    }
}
