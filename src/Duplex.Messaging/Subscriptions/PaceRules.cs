using System.Globalization;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Commands;
using Duplex.Messaging.Outbound;

namespace Duplex.Messaging.Subscriptions;

/// <summary>Sets the pace of a subscription: an override takes precedence over the request, and the namespace's bounds apply to both.</summary>
internal static class PaceRules
{
    /// <summary>Sets the pace; returns the error of one that is malformed or outside the bounds.</summary>
    public static ClientError? Set(Subscription subscription, SubscribeRequest request, SubscriptionSettings settings)
    {
        var ns = subscription.HubChannel.Namespace;
        var pace = settings.Overrides.Pace;
        if (pace is null)
        {
            if (!ns.Options.AllowPace) return null;
            if (!PaceData.TryRead(request.Data.Span, out pace)) return ClientErrors.BadRequest.Because(PaceData.Expected, false);
        }

        if (pace is null || pace.Delay == TimeSpan.Zero) return null;
        if (RefusalOf(pace.Delay, ns.Options) is { } refusal) return ClientErrors.BadRequest.Because(refusal, settings.Overrides.Pace is not null);
        subscription.Batch = new PublicationBatch(subscription, ns.BatchingAt(pace));
        return null;
    }

    private static string? RefusalOf(TimeSpan delay, NamespaceOptions options)
    {
        if (options.MaxPaceDelay is not { } max) return "The namespace allows no pace: set MaxPaceDelay.";
        return delay >= options.MinPaceDelay && delay <= max
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"The delay of a pace in this namespace is 0 or from {options.MinPaceDelay.TotalMilliseconds} ms to {max.TotalMilliseconds} ms, not {delay.TotalMilliseconds} ms.");
    }
}
