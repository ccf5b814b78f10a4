using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;

namespace Showcase.Hosting;

/// <summary>Configures the namespaces of maps.</summary>
internal static class MapNamespaces
{
    /// <summary>Keeps entries in the order of their scores until they are removed. A slow consumer skips to the latest state of each.</summary>
    public static void List(NamespaceOptions ns)
    {
        ns.SubscriptionType = SubscriptionType.Map;
        ns.SlowConsumers = SlowConsumerPolicy.Conflate;
        ns.Map.Mode = MapMode.Persistent;
        ns.Map.Ordered = true;
    }

    /// <summary>
    /// Keeps one entry for each client, which is removed when the client leaves, or expires when the client does not publish it again
    /// within the time. A slow consumer skips to the latest state of each.
    /// </summary>
    public static void OfClients(NamespaceOptions ns, TimeSpan keyTtl)
    {
        ns.SubscriptionType = SubscriptionType.Map;
        ns.SlowConsumers = SlowConsumerPolicy.Conflate;
        ns.Map.KeyTtl = keyTtl;
        ns.Map.ClientKey = MapClientKey.ClientId;
        ns.Map.RemoveClientOnUnsubscribe = true;
        ns.Map.MaxKeys = 500;
    }
}
