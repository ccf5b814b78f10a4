using System.Collections;
using System.Globalization;
using System.Reflection;
using Duplex.AspNetCore.Hosting;
using Duplex.Configuration;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Duplex.AspNetCore.Tests.Application;

/// <summary>Every option of every group against its section of configuration.</summary>
public sealed class OptionGroupTests
{
    // Functions, types and tables, which only code can set.
    private static readonly string[] CodeOnly =
    [
        $"{nameof(HubOptions)}.{nameof(HubOptions.Json)}",
        $"{nameof(TransportOptions)}.{nameof(TransportOptions.OneWayDisconnects)}",
        $"{nameof(EventLoopOptions)}.{nameof(EventLoopOptions.Takes)}",
    ];

    public static TheoryData<string> Groups => [.. OptionGroup.All.Select(static group => group.Section)];

    public static TheoryData<string, string> Ranges
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var group in OptionGroup.All)
            {
                foreach (var (property, _) in group.Ranges) data.Add(group.Section, property.Name);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Groups))]
    public async Task Configuration_sets_every_option(string section)
    {
        var group = Find(section);
        var values = group.Properties.Where(property => IsOption(group, property)).Select(property => (Property: property, Value: OtherThan(property.GetValue(group.Defaults), property))).ToList();

        await using var app = group.Build(values.SelectMany(static pair => Write(pair.Property.Name, pair.Value)));

        var bound = group.Bind(app.Services);
        Assert.All(values, pair =>
        {
            Assert.NotEqual(pair.Value, pair.Property.GetValue(group.Defaults));
            Assert.Equal(pair.Value, pair.Property.GetValue(bound));
        });
    }

    [Theory, MemberData(nameof(Ranges))]
    public async Task Value_beyond_its_range_fails_the_start_with_path_value_and_range(string section, string name)
    {
        var group = Find(section);
        var range = group.Ranges.Single(pair => pair.Property.Name == name).Range;
        var (below, _, _, above) = EndsOf(range);
        foreach (var value in (string[])[below, above])
        {
            var failure = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
            {
                await using var app = group.Build((name, value));
                await app.StartAsync(TestContext.Current.CancellationToken);
            });

            Assert.Contains(failure.Failures, failure => failure.StartsWith($"Duplex:{section}:{name} is {value}; it must be ", StringComparison.Ordinal)
                && failure.EndsWith($"{range.Describe()}.", StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Ranges))]
    public async Task Ends_of_a_range_belong_to_it(string section, string name)
    {
        var group = Find(section);
        var range = group.Ranges.Single(pair => pair.Property.Name == name).Range;
        var (_, least, most, _) = EndsOf(range);
        string[] none = range.Null is null ? [] : [""];
        foreach (var value in (string[])[least, most, .. none])
        {
            var failure = await Record.ExceptionAsync(async () =>
            {
                await using var app = group.Build((name, value));
                app.Services.GetRequiredService<IStartupValidator>().Validate();
            });

            // Other options, with their defaults, may contradict the value.
            Assert.DoesNotContain((failure as OptionsValidationException)?.Failures ?? [], failure => failure.StartsWith($"Duplex:{section}:{name} ", StringComparison.Ordinal)
                && failure.EndsWith($"{range.Describe()}.", StringComparison.Ordinal));
        }
    }

    private static OptionGroup Find(string section) => OptionGroup.All.Single(group => group.Section == section);

    // Sections below the group are groups of their own.
    private static bool IsOption(OptionGroup group, PropertyInfo property) =>
        !CodeOnly.Contains($"{property.DeclaringType!.Name}.{property.Name}")
        && property.Name != nameof(HubOptions.Namespaces)
        && !OptionGroup.All.Any(other => other.Section == $"{group.Section}:{property.Name}")
        && property.PropertyType.Namespace?.StartsWith("Duplex.Protocol", StringComparison.Ordinal) != true
        && !(property.PropertyType.Name is "MapOptions" or "PollOptions");

    private static IEnumerable<(string Key, string Value)> Write(string name, object value) => value switch
    {
        IReadOnlyList<string> items => items.Select((item, at) => (string.Create(CultureInfo.InvariantCulture, $"{name}:{at}"), item)),
        TimeSpan time => [(name, time.ToString("c", CultureInfo.InvariantCulture))],
        DateTimeOffset date => [(name, date.ToString("O", CultureInfo.InvariantCulture))],
        _ => [(name, Convert.ToString(value, CultureInfo.InvariantCulture)!)],
    };

    private static object OtherThan(object? value, PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type == typeof(bool)) return value is not true;
        if (type == typeof(string)) return $"/other/{property.Name}";
        if (type == typeof(Uri)) return new Uri("https://example.org/other");
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
        if (type.IsEnum) return Enum.GetValues(type).Cast<object>().First(choice => !choice.Equals(value));
        if (typeof(IEnumerable).IsAssignableFrom(type)) return new List<string> { "https://a.example", "https://b.example" };
        return property.GetCustomAttribute<OptionRangeAttribute>() switch
        {
            NumberRangeAttribute range => value is int number && number == range.Min ? (int)range.Min + 1 : (int)range.Min,
            TimeRangeAttribute range => range.Min.Equals(value) ? range.Max : range.Min,
            _ => throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} is of no kind that configuration can set: bind it, or name it in {nameof(CodeOnly)}."),
        };
    }

    private static (string Below, string Least, string Most, string Above) EndsOf(OptionRangeAttribute range)
    {
        return range switch
        {
            NumberRangeAttribute number => (Number(number.Min - 1), Number(number.Min), Number(number.Max), Number(number.Max + 1)),
            TimeRangeAttribute time => (Time(time.Min - TimeSpan.FromTicks(1)), Time(time.Min), Time(time.Max), Time(time.Max + TimeSpan.FromTicks(1))),
            _ => throw new InvalidOperationException(range.Describe()),
        };

        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

        static string Time(TimeSpan value) => value.ToString("c", CultureInfo.InvariantCulture);
    }
}
