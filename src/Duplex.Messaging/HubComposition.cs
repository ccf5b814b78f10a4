using System.Diagnostics.Metrics;
using Duplex.Configuration;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Operations;
using Duplex.Messaging.Outbound;
using Duplex.Messaging.Polling;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Recovery;
using Duplex.Messaging.Reporting;
using Duplex.Messaging.Subscriptions;
using Duplex.Messaging.Tokens;
using Microsoft.Extensions.Logging;

namespace Duplex.Messaging;

/// <summary>
/// Creates the parts of a hub in the order of their dependencies. Each part receives its dependencies through its constructor,
/// and none depends on the hub. The only way back is <see cref="IClientEvents"/>, through which clients report to the parts.
/// </summary>
internal sealed class HubComposition
{
    public HubComposition(
        HubOptions options,
        ApplicationModel application,
        IBroker broker,
        IPresenceStore presence,
        TimeProvider time,
        ILogger logger,
        ITokenVerifier? tokens,
        IMeterFactory? meters,
        IMapBroker? maps)
    {
        var faults = new OptionFaults("");
        options.Check(faults);
        faults.ThrowIfAny();
        var guardedBroker = new GuardedBroker(broker);
        var mapBroker = new GuardedMapBroker(maps ?? new MemoryMapBroker(time));
        var presenceStore = new GuardedPresenceStore(presence);
        var namespaces = new NamespaceTable(options, time);
        var reports = new HubReports(logger, time);
        Clock = new HubClock(time);
        Payloads = new PayloadSerializer(options.Json);
        Metrics = new HubMetrics(meters);

        // Calls out of the hub, which all later parts use.
        var brokerCalls = new BrokerCalls(reports);
        var handlers = new HandlerInvoker(application, options, Clock, Metrics, reports, Work);
        var clientTokens = new ClientTokens(tokens, options);
        var authorizer = new CommandAuthorizer(application, handlers);
        Channels = new ChannelTable(guardedBroker, mapBroker, brokerCalls, Metrics);
        Metrics.Observe(Clients, Channels);

        // Channels, for the server and for clients.
        var publications = new PublicationFactory(Clock);
        var channelOperations = new ChannelOperations(guardedBroker, presenceStore, namespaces, Channels, options);
        var mapPublisher = new MapPublisher(application, mapBroker, publications, namespaces, Payloads, handlers, brokerCalls);
        var mapPresence = new MapPresence(mapBroker, publications, namespaces, brokerCalls);
        var reader = new ChannelReader(application, presenceStore, namespaces, options, channelOperations, handlers, brokerCalls);
        var caller = new ClientCaller(application, Payloads, handlers);
        Publisher = new ChannelPublisher(application, guardedBroker, publications, namespaces, Payloads, handlers, brokerCalls);

        // Subscriptions: the part that ends them is created before the part that makes them, because a failed subscription ends itself.
        var joinLeaves = new JoinLeavePublisher(guardedBroker, mapPresence, brokerCalls);
        var poller = new Poller(application, Clock, namespaces, Channels, reports, handlers, options);
        var presenceEntries = new PresenceEntries(presenceStore, options, brokerCalls);
        var events = new ChannelEvents(application, handlers);
        var mapEntries = new ClientMapEntries(mapBroker, publications, brokerCalls);
        var unsubscriber = new ClientUnsubscriber(Channels, reports, joinLeaves, events, poller, presenceEntries, mapEntries);
        var decider = new SubscriptionDecider(handlers, Payloads, Clock);
        var recovery = new StreamRecovery(guardedBroker, options);
        var maker = new SubscriptionMaker(Clock, Channels, poller, decider, recovery, presenceEntries, unsubscriber);
        var mapSteps = new MapSteps(mapBroker, presenceEntries, Clock, options);
        var mapSubscriber = new MapSubscriber(Clock, Channels, decider, mapSteps, unsubscriber);
        var subscriber = new ClientSubscriber(application, authorizer, clientTokens, namespaces, poller, maker, mapSubscriber);
        var serverSubscriber = new ServerSubscriber(namespaces, Payloads, maker);
        var activator = new SubscriptionActivator(joinLeaves, events);
        var subscriptionRenewal = new SubscriptionRenewal(application, clientTokens, Clock, Payloads, options, handlers, unsubscriber);
        var maintenance = new SubscriptionMaintenance(subscriptionRenewal, joinLeaves, presenceEntries);

        // Clients.
        var admission = new ClientAdmission(application, Clients, options, handlers, Work);
        var authenticator = new ClientAuthenticator(application, clientTokens, Clock, Payloads, options, admission);
        var connectSubscriptions = new ConnectSubscriptions(namespaces, options, subscriber, serverSubscriber);
        var renewal = new ConnectionRenewal(application, clientTokens, Clock, Payloads, options, handlers);
        var departure = new ClientDeparture(admission, unsubscriber, joinLeaves);
        var reply = new ConnectReply(Clock, Payloads, options);
        var connector = new ClientConnector(new NamePool(), admission, authenticator, connectSubscriptions, renewal, reply, departure);
        var positions = new PositionCheck(guardedBroker, mapBroker, reports);
        var lifecycle = new ClientLifecycle(departure, renewal, maintenance, unsubscriber, positions);
        Environment = new ClientEnvironment(options, Clock, Metrics, reports, lifecycle);

        // Commands.
        var commandReports = new CommandReports(Metrics, reports);
        Commands = new ClientCommands(
            authorizer,
            commandReports,
            new ConnectionCommands(commandReports, connector, renewal, caller),
            new SubscriptionCommands(commandReports, subscriber, unsubscriber, subscriptionRenewal, poller),
            new ChannelCommands(commandReports, Publisher, mapPublisher, reader),
            activator,
            caller);

        ServerCaller = caller;
        ClientOperations = new ClientOperations(Clock, namespaces, Clients, renewal, serverSubscriber, activator, unsubscriber);
        ChannelOperations = channelOperations;
        MapOperations = new MapOperations(mapBroker, namespaces, Payloads, mapPublisher);
        Polls = poller;

        var fanout = new Fanout(Channels, Metrics);
        guardedBroker.Attach(fanout);
        mapBroker.Attach(fanout);
    }

    public HubClock Clock { get; }

    public PayloadSerializer Payloads { get; }

    public HubMetrics Metrics { get; }

    public OpenWork Work { get; } = new();

    public ClientTable Clients { get; } = new();

    public ChannelTable Channels { get; }

    public ChannelPublisher Publisher { get; }

    public ClientCaller ServerCaller { get; }

    public ClientCommands Commands { get; }

    public ClientEnvironment Environment { get; }

    public IHubClients ClientOperations { get; }

    public IHubChannels ChannelOperations { get; }

    public IHubMaps MapOperations { get; }

    public IHubPolls Polls { get; }
}
