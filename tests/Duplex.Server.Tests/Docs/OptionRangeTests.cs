using System.Globalization;
using System.Reflection;
using Duplex.AspNetCore.Api;
using Duplex.AspNetCore.Hosting;
using Duplex.Configuration;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Duplex.Messaging.Channels;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Polling;
using Duplex.Protocol.Extensions;
using Duplex.WebSockets.Client;
using Duplex.WebSockets.Hosting;

namespace Duplex.Server.Tests.Docs;

/// <summary>Every number and time of every group of options against its range.</summary>
public sealed class OptionRangeTests
{
    private static readonly Type[] Groups =
    [
        typeof(HubOptions), typeof(NamespaceOptions), typeof(MapOptions), typeof(PollOptions), typeof(TransportOptions), typeof(ClientEndpointOptions),
        typeof(ApiOptions), typeof(EventLoopOptions), typeof(WebSocketConnectionOptions), typeof(WebSocketClientOptions), typeof(DeflateOptions),
    ];

    public static TheoryData<string> Options() => [.. Groups.SelectMany(Limits).Select(static property => $"{property.DeclaringType!.Name}.{property.Name}")];

    [Theory, MemberData(nameof(Options))]
    public void Range_ends_are_valid_and_the_values_beyond_them_are_not(string option)
    {
        var property = Find(option);
        var range = property.GetCustomAttribute<OptionRangeAttribute>();
        Assert.NotNull(range);
        Assert.Equal(range.Null is not null, Nullable.GetUnderlyingType(property.PropertyType) is not null);
        Assert.Equal(range.Null is not null, range.Contains(null));
        var (below, least, most, above) = range switch
        {
            NumberRangeAttribute number => ((object)(number.Min - 1), (object)number.Min, (object)number.Max, (object)(number.Max + 1)),
            TimeRangeAttribute time => (time.Min - TimeSpan.FromTicks(1), time.Min, time.Max, time.Max + TimeSpan.FromTicks(1)),
            _ => throw new InvalidOperationException(option),
        };
        Assert.True(range.Contains(least));
        Assert.True(range.Contains(most));
        Assert.False(range.Contains(below));
        Assert.False(range.Contains(above));
    }

    [Theory, MemberData(nameof(Options))]
    public void Documentation_states_range_and_default(string option)
    {
        var property = Find(option);
        var range = property.GetCustomAttribute<OptionRangeAttribute>()!;
        var file = Path.ChangeExtension(property.DeclaringType!.Assembly.Location, ".xml");
        var member = System.Xml.Linq.XDocument.Load(file).Descendants("member").Single(member => (string)member.Attribute("name")! == $"P:{property.DeclaringType.FullName}.{property.Name}");
        var value = (string?)member.Element("value");
        Assert.NotNull(value);
        Assert.StartsWith($"{range.Document()} Default", value.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static IEnumerable<PropertyInfo> Limits(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(LimitsPage.IsLimit);

    private static PropertyInfo Find(string option) =>
        Groups.SelectMany(Limits).Single(property => string.Create(CultureInfo.InvariantCulture, $"{property.DeclaringType!.Name}.{property.Name}") == option);
}
