using System.Diagnostics.Metrics;
using Duplex.Messaging.Transports;

namespace Duplex.Messaging;

/// <summary>What the hub counts, as the meter <c>Duplex.Messaging</c>. Safe from any thread.</summary>
internal sealed class HubMetrics
{
    private const string MeterName = "Duplex.Messaging";

    private readonly Counter<long> _publications;
    private readonly Counter<long> _drops;
    private readonly Counter<long> _disconnects;
    private readonly UpDownCounter<long> _queuedBytes;

    public HubMetrics(Hub hub, IMeterFactory? factory)
    {
        var meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _publications = meter.CreateCounter<long>("duplex.publications", "{publication}", "Publications that reached this node's subscribers");
        _drops = meter.CreateCounter<long>("duplex.drops", "{publication}", "Publications that slow clients did not get, by namespace");
        _disconnects = meter.CreateCounter<long>("duplex.disconnects", "{client}", "Ended connections, by code");
        _queuedBytes = meter.CreateUpDownCounter<long>("duplex.queued", "By", "Bytes kept for clients that read too slowly");
        meter.CreateObservableGauge("duplex.clients", () => hub.Clients.Count, "{client}", "Connected clients");
        meter.CreateObservableGauge("duplex.channels", () => hub.Channels.Count, "{channel}", "Channels with subscribers");
    }

    public void Published() => _publications.Add(1);

    public void Dropped(string ns) => _drops.Add(1, new KeyValuePair<string, object?>("namespace", ns));

    public void Ended(Disconnect disconnect) => _disconnects.Add(1, new KeyValuePair<string, object?>("code", (int)disconnect.Code));

    public void Queued(long bytes) => _queuedBytes.Add(bytes);
}
