using System.Diagnostics.Metrics;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Operations;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.Logging;

namespace Duplex.Messaging;

/// <summary>The hub of one node: joins clients, channels, broker and application. Safe from any thread.</summary>
public sealed class Hub : IHub
{
    private readonly ClientOperations _clientOperations;
    private readonly MapOperations _mapOperations;

    /// <summary>Makes a hub and attaches it to its broker.</summary>
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
        Application = application;
        Broker = new GuardedBroker(broker);
        Maps = new GuardedMapBroker(maps ?? new MemoryMapBroker(time));
        Presence = new GuardedPresenceStore(presence);
        Tokens = tokens;
        Reports = new HubReports(logger, time);
        Clock = new HubClock(time);
        Payloads = new PayloadSerializer(options.Json);
        Namespaces = new NamespaceTable(options, time);
        EnsureCommands(options);
        EnsurePersonalNamespace(options);
        Metrics = new HubMetrics(meters);
        Channels = new ChannelTable(Broker, Maps, Forget, Metrics);
        Metrics.Observe(Clients, Channels);
        Connector = new ClientConnector(this);
        Subscriber = new ClientSubscriber(this);
        Publisher = new ChannelPublisher(this);
        Reader = new ChannelReader(this);
        Caller = new ClientCaller(this);
        PositionCheck = new PositionCheck(this);
        MapSubscriber = new MapSubscriber(this);
        MapPublisher = new MapPublisher(this);
        MapPresence = new MapPresence(this);
        News = new MembershipNews(this);
        Poller = new Poller(this);
        Commands = new ClientCommands(this);
        ChannelOperations = new ChannelOperations(this);
        _clientOperations = new ClientOperations(this);
        _mapOperations = new MapOperations(this);
        var fanout = new Fanout(Channels, Metrics);
        Broker.Attach(fanout);
        Maps.Attach(fanout);
    }

    /// <summary>Names this node among others, and changes with each start.</summary>
    public string NodeId { get; } = Guid.NewGuid().ToString();

    /// <summary>Reads and writes the application's messages.</summary>
    public PayloadSerializer Payloads { get; }

    /// <summary>How the hub behaves; read-only.</summary>
    public HubOptions Options { get; }

    /// <summary>Executes the commands of clients.</summary>
    public ClientCommands Commands { get; }

    internal ApplicationModel Application { get; }

    internal IBroker Broker { get; }

    internal IMapBroker Maps { get; }

    internal IPresenceStore Presence { get; }

    internal ITokenVerifier? Tokens { get; }

    internal HubClock Clock { get; }

    internal Random Random { get; } = Random.Shared;

    internal NamespaceTable Namespaces { get; }

    internal ChannelTable Channels { get; }

    internal ClientTable Clients { get; } = new();

    internal HubMetrics Metrics { get; }

    internal HubReports Reports { get; }

    internal NamePool Names { get; } = new();

    internal OpenWork Work { get; } = new();

    internal ClientConnector Connector { get; }

    internal ClientSubscriber Subscriber { get; }

    internal ChannelPublisher Publisher { get; }

    internal ChannelReader Reader { get; }

    internal ClientCaller Caller { get; }

    internal PositionCheck PositionCheck { get; }

    internal MapSubscriber MapSubscriber { get; }

    internal MapPublisher MapPublisher { get; }

    internal MapPresence MapPresence { get; }

    internal MembershipNews News { get; }

    internal Poller Poller { get; }

    internal ChannelOperations ChannelOperations { get; }

    /// <inheritdoc/>
    IHubClients IHub.Clients => _clientOperations;

    /// <inheritdoc/>
    IHubChannels IHub.Channels => ChannelOperations;

    /// <inheritdoc/>
    IHubMaps IHub.Maps => _mapOperations;

    /// <inheritdoc/>
    IHubPolls IHub.Polls => Poller;

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync(
        string channel, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        Publisher.PublishAsync(channel, data, options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<PublishResult> PublishAsync<TMessage>(
        string channel, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        Publisher.PublishAsync(channel, Payloads.Serialize(message), options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync(
        IReadOnlyCollection<string> channels, ReadOnlyMemory<byte> data, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        Publisher.BroadcastAsync(channels, data, options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync<TMessage>(
        IReadOnlyCollection<string> channels, TMessage message, PublishOptions? options = null, CancellationToken cancellationToken = default) =>
        Publisher.BroadcastAsync(channels, Payloads.Serialize(message), options, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> CallAsync(
        string method, ReadOnlyMemory<byte> data = default, CancellationToken cancellationToken = default) =>
        Caller.CallAsync(method, data, cancellationToken);

    /// <inheritdoc/>
    public NodeInfo Describe() => new(
        NodeId, Clients.Count, Clients.UserCount, Channels.Count, Channels.All.Sum(static channel => channel.Subscribers), TimeSpan.FromMilliseconds(Clock.Now))
    {
        Metrics = Metrics.Sums,
    };

    /// <summary>Closes all clients because the server stops. They come back to whoever serves then.</summary>
    public void Shutdown()
    {
        foreach (var client in Clients.All) client.Disconnect(Disconnects.Shutdown);
    }

    /// <summary>
    /// Closes all clients and takes no more; completes when they have left and every handler has returned, those of
    /// their leaving too. Calling it again waits for the same.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the hub stops nevertheless.</param>
    /// <exception cref="OperationCanceledException">The wait was cancelled: handlers may still run.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        Work.Stop();
        Shutdown();
        return Work.Ended.WaitAsync(cancellationToken);
    }

    /// <summary>Calls a handler; what it throws becomes the command's error.</summary>
    internal ValueTask<Outcome<HandlerResult>> CallAsync(Handler handler, HandlerContext context) =>
        HandlerReport.IsObserved(Metrics) ? HandlerReport.Begin(Metrics, context).EndAsync(InvokeAsync(handler, context)) : InvokeAsync(handler, context);

    private ValueTask<Outcome<HandlerResult>> InvokeAsync(Handler handler, HandlerContext context)
    {
        context.Scopes = Application.Scopes;
        ValueTask<object?> call;
        try
        {
            call = handler(context);
            if (call.IsCompletedSuccessfully && !context.HasScope) return new(ResultOf(call.Result));
        }
        catch (Exception exception)
        {
            if (!context.HasScope) return new(FailureOf(exception, context));
            call = ValueTask.FromException<object?>(exception);
        }

        return WaitAsync(call, context);
    }

    /// <summary>Calls a handler whose result nobody waits for.</summary>
    internal void Notify(Handler handler, HandlerContext context) => _ = CallAsync(handler, context).AsTask();

    /// <summary>Waits for something whose failure changes nothing but the log.</summary>
    internal async void Forget(ValueTask work, string channel)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Reports.BrokerFailed(exception, channel);
        }
    }

    private static void EnsureCommands(HubOptions options)
    {
        if (options.ShutdownTimeout < TimeSpan.Zero || options.ShutdownTimeout > TimeSpan.FromHours(1)) throw new InvalidOperationException("ShutdownTimeout must be from zero to an hour.");
        if (options.Concurrency < 1) throw new InvalidOperationException("Concurrency must be at least 1.");
        if (options.CommandRateLimit is < 0 or > CommandRate.MaxPerSecond) throw new InvalidOperationException("CommandRateLimit must be from 0 to 1,000,000.");
    }

    private static void EnsurePersonalNamespace(HubOptions options)
    {
        var personal = options.PersonalChannel;
        if (!personal.IsEnabled) return;
        if (!options.Namespaces.TryGetValue(personal.Namespace, out var ns))
        {
            throw new InvalidOperationException($"PersonalChannel.Namespace is '{personal.Namespace}', which is no namespace of the hub.");
        }

        if (ns.SubscriptionType == SubscriptionType.Stream) return;
        throw new InvalidOperationException($"PersonalChannel.Namespace is '{personal.Namespace}', whose type is {ns.SubscriptionType}: the server subscribes to streams alone.");
    }

    private static Outcome<HandlerResult> ResultOf(object? result) =>
        result is ClientError error ? error : HandlerResult.Of(result);

    private async ValueTask<Outcome<HandlerResult>> WaitAsync(ValueTask<object?> call, HandlerContext context)
    {
        Work.Begin();
        try
        {
            return ResultOf(await call.ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            return FailureOf(exception, context);
        }
        finally
        {
            await EndAsync(context).ConfigureAwait(false);
        }
    }

    // What the handler said holds, whatever its services do when they are disposed.
    private async ValueTask EndAsync(HandlerContext context)
    {
        try
        {
            await context.EndScopeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Reports.HandlerFailed(exception, context.Target, context.Client.Id);
        }
        finally
        {
            Work.End();
        }
    }

    private Outcome<HandlerResult> FailureOf(Exception exception, HandlerContext context)
    {
        switch (exception)
        {
            case ClientException client: return client.Error;
            case DisconnectException disconnect: return disconnect.Disconnect;
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested: return Disconnects.ConnectionClosed;
            default:
                Reports.HandlerFailed(exception, context.Target, context.Client.Id);
                return ClientErrors.Internal;
        }
    }
}
