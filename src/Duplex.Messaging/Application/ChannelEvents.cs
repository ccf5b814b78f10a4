using Duplex.Messaging.Subscriptions;

namespace Duplex.Messaging.Application;

/// <summary>Calls the application's handlers of joins and leaves. Called on the client's shard.</summary>
internal sealed class ChannelEvents(ApplicationModel application, HandlerInvoker handlers)
{
    public void Joined(Subscription subscription)
    {
        if (application.FindChannel(subscription.Channel, out var values) is { Join: { } handler }) Notify(handler, "join", subscription, values);
    }

    public void Left(Subscription subscription)
    {
        if (application.FindChannel(subscription.Channel, out var values) is { Leave: { } handler }) Notify(handler, "leave", subscription, values);
    }

    private void Notify(Handler handler, string type, Subscription subscription, ChannelValues values) =>
        handlers.Notify(handler, new HandlerContext { Type = type, Client = subscription.Client, Target = subscription.Channel, Values = values });
}
