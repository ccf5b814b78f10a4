using System.Diagnostics.Metrics;
using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Operations;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Tokens;
using Duplex.Messaging.Transports;
using Microsoft.Extensions.Logging;

namespace Duplex.Messaging;

/// <summary>The hub of one node, which connects clients, channels, broker and application. Safe from any thread.</summary>
internal sealed class Hub : IHub
{

    private readonly HubComposition _parts;

    /// <summary>Creates a hub and attaches it to its broker.</summary>
    public Hub(
        HubOptions options,
        ApplicationModel application,
        IBroker broker,
        IPresenceStore presence,
        TimeProvider time,
        ILogger<Hub> logger,
        ITokenVerifier? tokens = null,
        IMeterFactory? meters = null,
        IMapBroker? maps = null)
    {
        Options = options;
        _parts = new HubComposition(options, application, broker, presence, time, logger, tokens, meters, maps);
    }

    /// <summary>The id of this node, which is new after each start.</summary>
    public string NodeId { get; } = Guid.NewGuid().ToString();

    /// <summary>Serializes and deserializes the application's messages.</summary>
    public PayloadSerializer Payloads => _parts.Payloads;

    /// <summary>The hub's options; read-only.</summary>
    public HubOptions Options { get; }

    /// <summary>Executes the commands of clients.</summary>
    public ClientCommands Commands => _parts.Commands;

    internal HubMetrics Metrics => _parts.Metrics;

    /// <inheritdoc/>
    IHubClients IHub.Clients => _parts.ClientOperations;

    /// <inheritdoc/>
    IHubChannels IHub.Channels => _parts.ChannelOperations;

    /// <inheritdoc/>
    IHubMaps IHub.Maps => _parts.MapOperations;

    /// <inheritdoc/>
    IHubPolls IHub.Polls => _parts.Polls;

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(
        string channel, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _parts.Publisher.PublishAsync(channel, data, options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync<TMessage>(
        string channel, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _parts.Publisher.PublishAsync(channel, Payloads.Serialize(message), options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync(
        IReadOnlyCollection<string> channels, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _parts.Publisher.BroadcastAsync(channels, data, options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync<TMessage>(
        IReadOnlyCollection<string> channels, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        _parts.Publisher.BroadcastAsync(channels, Payloads.Serialize(message), options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> CallAsync(
        string method, ReadOnlyMemory<byte> data = default, CancellationToken cancellationToken = default) =>
        _parts.ServerCaller.CallAsync(method, data, cancellationToken);

    /// <inheritdoc/>
    public NodeInfo Describe() => new(
        NodeId, _parts.Clients.Count, _parts.Clients.UserCount, _parts.Channels.Count, _parts.Channels.All.Sum(static channel => channel.Subscribers), TimeSpan.FromMilliseconds(_parts.Clock.Now))
    {
        Metrics = _parts.Metrics.Sums,
    };

    /// <summary>Creates the client of a transport that has opened. Called on the shard.</summary>
    public Client Open(Shard shard, IClientTransport transport, Wire wire, ClientFeatures features) => new(_parts.Environment, shard, transport, wire, features);

    /// <summary>Closes all clients because the server is stopping. They reconnect to another node.</summary>
    public void Shutdown()
    {
        foreach (var client in _parts.Clients.All) client.Disconnect(Disconnects.Shutdown);
    }

    /// <summary>
    /// Closes all clients and accepts no more; completes when they have left and every handler has returned, including those
    /// called for their leaving. A second call awaits the same completion.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the hub stops regardless.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled: handlers may still run.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        _parts.Work.Stop();
        Shutdown();
        return _parts.Work.Ended.WaitAsync(cancellationToken);
    }
}
