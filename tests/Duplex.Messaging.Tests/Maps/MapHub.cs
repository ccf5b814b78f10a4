using System.Globalization;
using System.Text;
using Duplex.Messaging.Application;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Tests.TestDoubles;

namespace Duplex.Messaging.Tests.Maps;

/// <summary>A hub whose namespace <c>news</c> holds maps, and what tests do with it.</summary>
internal static class MapHub
{
    public const string Channel = "news:a";

    public static TestHub Create(
        MapMode mode,
        Action<NamespaceOptions>? news = null,
        Action<HubOptions>? configure = null,
        Action<ApplicationModel>? application = null) => new(
        options =>
        {
            options.PingInterval = null;
            configure?.Invoke(options);
        },
        ns =>
        {
            ns.SubscriptionType = SubscriptionType.Map;
            ns.Map.Mode = mode;
            if (mode != MapMode.Persistent) ns.Map.KeyTtl = TimeSpan.FromMinutes(1);
            news?.Invoke(ns);
        },
        application);

    /// <summary>Publishes; its delivery waits until the shard runs.</summary>
    public static void Put(this TestHub hub, string key, string json, MapPublishOptions? options = null)
    {
        var publishing = hub.Server.Maps.PublishAsync(Channel, key, Encoding.UTF8.GetBytes(json), options, TestContext.Current.CancellationToken).AsTask();
        Assert.True(publishing.IsCompletedSuccessfully);
    }

    public static void Put(this TestHub hub, int count)
    {
        for (var i = 0; i < count; i++) hub.Put($"k{i.ToString("000", CultureInfo.InvariantCulture)}", i.ToString(CultureInfo.InvariantCulture));
    }

    public static void Remove(this TestHub hub, string key) => Assert.True(hub.Server.Maps.RemoveAsync(Channel, key).AsTask().IsCompletedSuccessfully);

    public static void Clear(this TestHub hub) => Assert.True(hub.Server.Maps.ClearAsync(Channel).AsTask().IsCompletedSuccessfully);

    /// <summary>A step of a subscription, as the SDK's command says it.</summary>
    public static string Step(int phase, string rest = "", int type = 1, string channel = Channel) =>
        "{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\",\"type\":" + type.ToString(CultureInfo.InvariantCulture)
        + ",\"phase\":" + phase.ToString(CultureInfo.InvariantCulture) + rest + "}}";

    public static string Recover(ulong offset, string epoch, string rest = "") =>
        Step(1, string.Create(CultureInfo.InvariantCulture, $",\"recover\":true,\"offset\":{offset},\"epoch\":\"{epoch}\"{rest}"));
}
