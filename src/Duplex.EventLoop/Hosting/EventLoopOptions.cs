using System.Net;

namespace Duplex.EventLoop.Hosting;

/// <summary>How event loops serve an application.</summary>
public sealed class EventLoopOptions
{
    internal const int MaxLoops = 256;

    internal static readonly TimeSpan MaxHeadTimeout = TimeSpan.FromHours(1);

    /// <summary>Which back end. Default: the best that the system offers.</summary>
    public EventLoopBackEnd BackEnd { get; set; }

    /// <summary>Number of loops, each a thread: 1 to 256. Default: one for each processor, at most 256.</summary>
    public int Loops { get; set; } = Math.Min(Environment.ProcessorCount, MaxLoops);

    /// <summary>
    /// Time from accepting a connection within which its first request must be whole, however many bytes drip in.
    /// One that sent a part is then answered with 408, one that was silent is dropped. Above zero, at most an hour. Default 10 s.
    /// </summary>
    public TimeSpan HeadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether the loops take this address; what they do not take is Kestrel's from the start. Default: every IP
    /// address. Where Kestrel does TLS everything is Kestrel's in any case. Leave out addresses where connection
    /// middleware of your own does TLS or speaks another protocol: a loop waits there for the client's request.
    /// </summary>
    public Func<IPEndPoint, bool> Takes { get; set; } = static _ => true;
}
