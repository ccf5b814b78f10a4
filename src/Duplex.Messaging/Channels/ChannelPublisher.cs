using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Duplex.Messaging.Reporting;

namespace Duplex.Messaging.Channels;

/// <summary>Publishes for the server, and for clients that are permitted to.</summary>
internal sealed class ChannelPublisher(
    ApplicationModel application,
    IBroker broker,
    PublicationFactory publications,
    NamespaceTable namespaces,
    PayloadSerializer payloads,
    HandlerInvoker handlers,
    BrokerCalls brokerCalls)
{
    private static readonly PublishOptions NoOptions = new();

    public ValueTask<PublishResult> PublishAsync(
        string channel, ReadOnlyMemory<byte> data, PublishOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        var found = namespaces.Find(channel);
        if (!found.IsSuccess) throw new ClientException(found.Error!);
        var ns = found.Value;
        if (ns.Options.SubscriptionType != SubscriptionType.Stream || !ns.DataFormat.Accepts(data.Span, out var isJson)) throw new ClientException(ClientErrors.BadRequest.Because($"The namespace is of the type {ns.Options.SubscriptionType}, or its DataFormat ({ns.DataFormat}) does not allow the data."));
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<PublishResult>(cancellationToken);
        options ??= NoOptions;
        var publication = publications.Create(data, isJson, options.Key, options, ns);
        return HubActivities.IsObserved
            ? PublishObservedAsync(channel, publication, ns.Stream, options, cancellationToken)
            : broker.PublishAsync(channel, publication, ns.Stream, options, cancellationToken);
    }

    /// <summary>Publishes to one channel after another; a refusal of one channel does not affect the rest.</summary>
    public async ValueTask<IReadOnlyList<BroadcastResult>> BroadcastAsync(
        IReadOnlyCollection<string> channels, ReadOnlyMemory<byte> data, PublishOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channels);
        var results = new List<BroadcastResult>(channels.Count);
        foreach (var channel in channels)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                results.Add(new BroadcastResult(channel, await PublishAsync(channel, data, options, cancellationToken).ConfigureAwait(false)));
            }
            catch (ClientException exception)
            {
                results.Add(new BroadcastResult(channel, default, exception.Error));
            }
        }

        return results;
    }

    public async ValueTask<Outcome<PublishedResult>> PublishByClientAsync(Client client, string channel, ReadOnlyMemory<byte> data)
    {
        if (channel.Length == 0) return Disconnects.BadRequest.Because("The command names no channel.");
        var found = namespaces.Find(channel);
        if (!found.IsSuccess) return found.Failure<PublishedResult>();
        var ns = found.Value;
        if (!ns.DataFormat.Accepts(data.Span, out var isJson)) return DataCheck.Refuse<PublishedResult>(data, ns.DataFormat);
        if (ns.Options.SubscriptionType != SubscriptionType.Stream) return ClientErrors.BadRequest.Because("The namespace of the channel has no streams: name a key, or set SubscriptionType.");

        var options = NoOptions;
        if (application.FindChannel(channel, out var values) is { Publish: { } handler })
        {
            var context = new HandlerContext { Type = "publish", Client = client, Target = channel, Values = values, Data = data };
            var answer = await handlers.DecideAsync(handler, context).OnShard(client.Shard);
            if (!answer.IsSuccess) return answer.Failure<PublishedResult>();
            options = answer.Value.Options;
            if (answer.Value.Data is { } replacement)
            {
                data = payloads.SerializeObject(replacement);
                if (!ns.DataFormat.Accepts(data.Span, out isJson)) return ClientErrors.BadRequest.Because($"The namespace's DataFormat ({ns.DataFormat}) does not allow the handler's data.");
            }
        }
        else if (!ns.MayPublish(client, channel))
        {
            return ClientErrors.PermissionDenied.Because("No handler decides, and AllowPublish options of the namespace do not allow it.", true);
        }

        options = options with { Info = client.Subscriptions.Find(channel)?.Info ?? client.Info };
        var publication = publications.Create(data, isJson, options.Key, options, ns);
        return await brokerCalls.RunAsync(channel, Publish, static _ => PublishedResult.Instance).OnShard(client.Shard);

        ValueTask<PublishResult> Publish() => HubActivities.IsObserved
            ? PublishObservedAsync(channel, publication, ns.Stream, options, CancellationToken.None)
            : broker.PublishAsync(channel, publication, ns.Stream, options);
    }

    private ValueTask<PublishResult> PublishObservedAsync(
        string channel, Publication publication, StreamOptions stream, PublishOptions options, CancellationToken cancellationToken) =>
        HubActivities.PublishAsync(
            channel,
            static of => of.broker.PublishAsync(of.channel, of.publication, of.stream, of.options, of.cancellationToken),
            (broker, channel, publication, stream, options, cancellationToken));
}
