using Duplex.Execution;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Filtering;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Determines the settings of a subscription whose client is already a member of the channel. Called on the client's shard.</summary>
internal sealed class SubscriptionDecider(HandlerInvoker handlers, PayloadSerializer payloads, HubClock clock)
{
    /// <summary>Sets the filter of the request, calls the permit's handler if there is one, and returns the settings.</summary>
    public async ValueTask<Outcome<SubscriptionSettings>> DecideAsync(Subscription subscription, SubscribeRequest request, SubscriptionPermit permit)
    {
        if (!TrySetFilter(subscription, request)) return ClientErrors.BadRequest.Because("The tags filter is malformed, or AllowTagsFilter of the namespace is off.");
        if (permit.Handler is not { } handler) return permit.Settings;
        var client = subscription.Client;
        var context = new HandlerContext { Type = "subscribe", Client = client, Target = request.Channel, Values = permit.Values, Data = request.Data };
        var answer = await handlers.DecideAsync(handler, context).OnShard(client.Shard);
        if (!answer.IsSuccess) return answer.Failure<SubscriptionSettings>();
        return clock.IsOver(answer.Value.ExpiresAt) ? ClientErrors.Expired : Apply(answer.Value, permit.Settings);
    }

    private static bool TrySetFilter(Subscription subscription, SubscribeRequest request)
    {
        if (request.TagsFilter is not { } node) return true;
        var options = subscription.HubChannel.Namespace.Options;
        if (!options.AllowTagsFilter || request.Delta || !TagsFilter.TryCreate(node, out var filter)) return false;
        subscription.Filter = filter;
        return true;
    }

    private SubscriptionSettings Apply(SubscribeDecision decision, SubscriptionSettings settings) => settings with
    {
        Data = payloads.SerializeObject(decision.Data),
        Info = payloads.SerializeObject(decision.Info),
        ExpiresAt = decision.ExpiresAt,
        Overrides = decision.Overrides,
    };
}
