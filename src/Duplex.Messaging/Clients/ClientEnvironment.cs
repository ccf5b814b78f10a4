using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Clients;

/// <summary>The parts of a hub that its clients use, created once per hub: a client holds one reference instead of five.</summary>
internal sealed class ClientEnvironment(HubOptions options, HubClock clock, HubMetrics metrics, HubReports reports, IClientEvents events)
{
    public HubOptions Options { get; } = options;

    public HubClock Clock { get; } = clock;

    public HubMetrics Metrics { get; } = metrics;

    public HubReports Reports { get; } = reports;

    public IClientEvents Events { get; } = events;

    public Random Random { get; } = Random.Shared;
}
