using System.Diagnostics.Metrics;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Reporting;

/// <summary>The meter Duplex.Messaging, as a collector sees it.</summary>
public sealed class HubMetricsTests : IDisposable
{
    private readonly TestMeters _meters = new();
    private readonly MeterListener _listener = new();
    private readonly List<string> _measured = [];

    public HubMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter, _meters.Meter)) self.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _measured.Add($"{instrument.Name}{Text(tags)} {value}"));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _measured.Add($"{instrument.Name}{Text(tags)} {value}"));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => _measured.Add($"{instrument.Name}{Text(tags)}"));
        _listener.Start();
    }

    [Fact]
    public void Command_that_succeeds_has_a_duration_by_method()
    {
        using var hub = Hub();
        var client = hub.Connect();
        _measured.Clear();

        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");

        Assert.Equal(["duplex.hub.command.duration duplex.command.method=subscribe"], _measured);
    }

    [Fact]
    public void Command_that_is_refused_is_counted_and_its_duration_has_the_code()
    {
        using var hub = Hub();
        var client = hub.Connect();
        _measured.Clear();

        client.Say("""{"id":2,"subscribe":{"channel":"none:a"}}""");

        Assert.Equal(
            [
                "duplex.hub.refused_commands duplex.command.method=subscribe error.type=102 1",
                "duplex.hub.command.duration duplex.command.method=subscribe error.type=102",
            ],
            _measured);
    }

    [Fact]
    public void Handler_has_a_duration_of_its_own_by_kind()
    {
        using var hub = Hub();
        var client = hub.Connect();
        _measured.Clear();

        client.Say("""{"id":2,"rpc":{"method":"add"}}""");

        Assert.Equal(["duplex.hub.handler.duration duplex.handler.type=rpc", "duplex.hub.command.duration duplex.command.method=rpc"], _measured);
    }

    [Fact]
    public void Publication_is_counted_once_and_its_deliveries_by_subscription()
    {
        using var hub = Hub();
        for (var i = 0; i < 3; i++) hub.Connect().Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        _measured.Clear();

        hub.Publish("news:a", "1");

        Assert.Equal(["duplex.hub.publications 1", "duplex.hub.deliveries 3"], _measured);
    }

    [Fact]
    public void Clients_and_channels_that_are_active_are_observed_and_ends_are_counted_by_code()
    {
        using var hub = Hub();
        var client = hub.Connect();
        client.Say("""{"id":2,"subscribe":{"channel":"news:a"}}""");
        _measured.Clear();

        _listener.RecordObservableInstruments();
        client.Cut();

        Assert.Equal(["duplex.hub.active_clients 1", "duplex.hub.active_channels 1", "duplex.hub.ended_clients duplex.disconnect.code=3000 1"], _measured);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.Dispose();
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = "";
        foreach (var (name, value) in tags) text += $" {name}={value}";
        return text;
    }

    private TestHub Hub() => new(application: static model => model.AddCall("add", static _ => default), meters: _meters);
}
