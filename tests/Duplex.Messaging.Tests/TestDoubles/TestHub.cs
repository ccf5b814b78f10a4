using System.Diagnostics.Metrics;
using System.Text;
using Duplex.Centrifuge.Codecs;
using Duplex.Centrifuge.Json;
using Duplex.Centrifuge.Session;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Duplex.Messaging.Tests.TestDoubles;

/// <summary>A hub with a clock and a shard in the test's hands; clients speak JSON to it.</summary>
internal sealed class TestHub : IDisposable
{
    // A meter that is not disposed keeps its hub for as long as the process runs.
    private readonly TestMeters? _ownMeters;

    public TestHub(
        Action<HubOptions>? configure = null,
        Action<NamespaceOptions>? news = null,
        Action<ApplicationModel>? application = null,
        ITokenVerifier? tokens = null,
        IPresenceStore? presence = null,
        IMeterFactory? meters = null,
        Func<IBroker, IBroker>? carrier = null,
        IMapBroker? maps = null,
        ILogger<Hub>? logger = null)
    {
        Options = new HubOptions { AllowAnonymous = true };
        var options = new NamespaceOptions { AllowSubscribe = true, AllowSubscribeForAnonymous = true };
        news?.Invoke(options);
        Options.Namespaces["news"] = options;
        configure?.Invoke(Options);
        var model = new ApplicationModel();
        application?.Invoke(model);
        Broker = new MemoryBroker(Time);
        Shard = new TestShard(Time);
        meters ??= _ownMeters = new TestMeters();
        Hub = new Hub(Options, model, carrier?.Invoke(Broker) ?? Broker, presence ?? new MemoryPresenceStore(Time), Time, logger ?? NullLogger<Hub>.Instance, tokens, meters, maps);
        Wire = new DialectWire(new JsonCodec(PushEnvelope.Reply), Framing);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public HubOptions Options { get; }

    public Hub Hub { get; }

    /// <summary>The hub as applications use it.</summary>
    public IHub Server => Hub;

    public MemoryBroker Broker { get; }

    public TestShard Shard { get; }

    public CountingFraming Framing { get; } = new();

    public DialectWire Wire { get; }

    /// <summary>A client whose transport is open and that has said nothing yet.</summary>
    public TestClient Open(ClientFeatures? features = null) => new(this, features);

    /// <summary>A client that has connected.</summary>
    public TestClient Connect()
    {
        var client = Open();
        var reply = client.Say("""{"id":1,"connect":{}}""");
        Assert.Contains("\"connect\"", Assert.Single(reply), StringComparison.Ordinal);
        return client;
    }

    public void Publish(string channel, string json, PublishOptions? options = null)
    {
        PublishWithoutRunning(channel, json, options);
        Shard.RunAll();
    }

    /// <summary>Publishes; its delivery waits until the shard runs.</summary>
    public void PublishWithoutRunning(string channel, string json, PublishOptions? options = null)
    {
        var publishing = Hub.PublishAsync(channel, Encoding.UTF8.GetBytes(json), options, TestContext.Current.CancellationToken).AsTask();
        Assert.True(publishing.IsCompletedSuccessfully);
    }

    /// <summary>Lets time pass in small steps, so that timers that timers set are seen.</summary>
    public void Wait(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(500))
        {
            Time.Advance(TimeSpan.FromMilliseconds(500));
            Shard.RunAll();
        }
    }

    public void Dispose()
    {
        _ownMeters?.Dispose();
        Broker.Dispose();
    }
}
