using System.Buffers;
using Duplex.Configuration;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;

namespace Duplex.Messaging;

/// <summary>Validates the hub's options: ranges, and values that contradict each other.</summary>
internal static class HubOptionRules
{
    private const int MinNameLength = 2;

    private static readonly SearchValues<char> NameLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static void Check(HubOptions options, OptionFaults faults)
    {
        faults.CheckRanges(options);
        if (options.PongTimeout > options.PingInterval)
            faults.Add(nameof(options.PongTimeout), options.PongTimeout, $"at most {nameof(options.PingInterval)}, which is {TimeText.Constant(options.PingInterval.Value)}");
        if (options.PresenceUpdateInterval >= options.PresenceTtl)
            faults.Add(nameof(options.PresenceUpdateInterval), options.PresenceUpdateInterval, $"less than {nameof(options.PresenceTtl)}, which is {TimeText.Constant(options.PresenceTtl)}");
        CheckPersonalChannel(options, faults);
        foreach (var (name, ns) in options.Namespaces) CheckNamespace(options, name, ns, faults);
    }

    private static void CheckPersonalChannel(HubOptions options, OptionFaults faults)
    {
        var personal = options.PersonalChannel;
        if (!personal.IsEnabled) return;
        const string Name = $"{nameof(HubOptions.PersonalChannel)}:{nameof(PersonalChannelOptions.Namespace)}";
        if (!options.Namespaces.TryGetValue(personal.Namespace, out var ns)) faults.Add(Name, personal.Namespace, "the name of a namespace");
        else if (ns.SubscriptionType != SubscriptionType.Stream) faults.Add(Name, personal.Namespace, "the name of a namespace of streams");
    }

    private static void CheckNamespace(HubOptions hub, string name, NamespaceOptions options, OptionFaults faults)
    {
        var path = $"{nameof(HubOptions.Namespaces)}:{name}";
        if (name.Length > 0 && (name.Length < MinNameLength || name.AsSpan().ContainsAnyExcept(NameLetters)))
            faults.Add(path, "the name of a namespace has two or more of a-z A-Z 0-9 - _.");
        faults.CheckRanges(options, path);
        var hasHistory = options is { HistorySize: not null, HistoryTtl: not null };
        if (options.Recovery && !hasHistory)
            faults.Add($"{path}:{nameof(options.Recovery)}", true, $"false without history: set {nameof(options.HistorySize)} and {nameof(options.HistoryTtl)}");
        if (options.MaxBatchDelay is null && (options.MaxBatchSize is not null || options.BatchFlushLatest))
            faults.Add($"{path}:{nameof(options.MaxBatchDelay)}", null, "set where publications are batched: those that do not fill a batch would wait without bound");
        CheckPace(options, path, faults);
        if (options.ChannelPattern is { } pattern && PatternFault(pattern) is { } fault) faults.Add($"{path}:{nameof(options.ChannelPattern)}", fault);
        CheckPresence(hub, name, options.MapClientsPresencePrefix, SubscriptionType.MapClients, $"{path}:{nameof(options.MapClientsPresencePrefix)}", faults);
        CheckPresence(hub, name, options.MapUsersPresencePrefix, SubscriptionType.MapUsers, $"{path}:{nameof(options.MapUsersPresencePrefix)}", faults);
        if (options.SubscriptionType == SubscriptionType.SharedPoll)
        {
            faults.CheckRanges(options.SharedPoll, $"{path}:{nameof(options.SharedPoll)}");
            if (hasHistory) faults.Add($"{path}:{nameof(options.HistorySize)}", options.HistorySize, "null: a shared poll has no history");
        }
        else if (MapNamespace.Is(options.SubscriptionType))
        {
            MapOptionRules.Check(hub, options, path, faults);
        }
    }

    private static void CheckPace(NamespaceOptions options, string path, OptionFaults faults)
    {
        var name = $"{path}:{nameof(options.MaxPaceDelay)}";
        if (options.MaxPaceDelay is not { } max)
        {
            if (options.AllowPace) faults.Add(name, null, $"set where {nameof(options.AllowPace)} is");
        }
        else if (options.SubscriptionType == SubscriptionType.SharedPoll)
        {
            faults.Add(name, max, "null: a shared poll has its refresh interval");
        }
        else if (max < options.MinPaceDelay)
        {
            faults.Add(name, max, $"at least {nameof(options.MinPaceDelay)}, which is {TimeText.Constant(options.MinPaceDelay)}");
        }
    }

    private static void CheckPresence(HubOptions hub, string name, string? prefix, SubscriptionType type, string path, OptionFaults faults)
    {
        if (prefix is null) return;
        var target = new ChannelName(prefix + name).Namespace.ToString();
        if (!hub.Namespaces.TryGetValue(target, out var found) || found.SubscriptionType != type) faults.Add(path, prefix, $"a prefix that leads to a namespace of the type {type}");
    }

    private static string? PatternFault(string pattern)
    {
        try
        {
            _ = ChannelNamespace.PatternOf(pattern);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return $"a regular expression is expected, not \"{pattern}\": {exception.Message}";
        }
    }
}
