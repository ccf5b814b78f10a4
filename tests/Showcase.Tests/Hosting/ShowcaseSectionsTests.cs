using System.Globalization;
using System.Reflection;
using Duplex.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Showcase.Exchange;
using Showcase.Hosting;

namespace Showcase.Tests.Hosting;

/// <summary>Every option of the showcase against its section of configuration.</summary>
public sealed class ShowcaseSectionsTests
{
    // The name of a section is the namespace of its options: Showcase.Exchange.Streams is ExchangeStreams.
    private static readonly Dictionary<string, Type> Sections = typeof(ShowcaseSections).Assembly.GetTypes()
        .Where(static type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type != typeof(ShowcaseOptions))
        .ToDictionary(static type => type.Namespace!["Showcase.".Length..].Replace(".", "", StringComparison.Ordinal));

    public static TheoryData<string> Options =>
        [.. from section in Sections from property in Settable(section.Value) select $"{section.Key}:{property.Name}"];

    public static TheoryData<string> Ranges =>
        [.. from section in Sections from property in Settable(section.Value) where RangeOf(property) is not null select $"{section.Key}:{property.Name}"];

    [Theory, MemberData(nameof(Options))]
    public async Task Configuration_sets_every_option(string option)
    {
        var property = Find(option);
        await using var byDefault = Build();
        var old = property.GetValue(ValueOf(byDefault, property));
        object value = old switch
        {
            Enum choice => Enum.GetValues(choice.GetType()).Cast<object>().First(other => !other.Equals(choice)),
            bool flag => !flag,
            TimeSpan time => time + TimeSpan.FromSeconds(1),
            int number => number == RangeOf(property)!.Max ? number - 1 : number + 1,
            _ => "text",
        };

        await using var app = Build((option, value.ToString()!));

        Assert.Equal(value, property.GetValue(ValueOf(app, property)));
    }

    [Theory, MemberData(nameof(Ranges))]
    public async Task Value_beyond_its_range_fails_the_start_with_path_value_and_range(string option)
    {
        var range = RangeOf(Find(option))!;
        var value = (range.Min - 1).ToString(CultureInfo.InvariantCulture);

        // Singletons of the applications read their options while the application is built.
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var app = Build((option, value));
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        });

        Assert.Equal($"Showcase:{option} is {value}; it must be {range.Describe()}.", Assert.Single(failure.Failures));
    }

    [Fact]
    public async Task Arguments_count_over_configuration()
    {
        await using var app = ShowcaseApp.Build(Arguments with { Seed = 5 }, static builder => Configure(builder, ("Exchange:Seed", "7"), ("Exchange:MaxAccounts", "9")));

        var options = app.Services.GetRequiredService<IOptions<ExchangeOptions>>().Value;

        Assert.Equal((5, 9), (options.Seed, options.MaxAccounts));
    }

    private static ShowcaseOptions Arguments => new() { Port = 0, ContentRoot = Repository.PathOf("apps", "Showcase"), Data = Directory.CreateTempSubdirectory().FullName };

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(static property => property.CanWrite);

    private static NumberRangeAttribute? RangeOf(PropertyInfo property)
    {
        var range = property.GetCustomAttribute<NumberRangeAttribute>();
        Assert.Equal(property.PropertyType == typeof(int), range is not null);
        return range;
    }

    private static PropertyInfo Find(string option) =>
        Sections[option.Split(':')[0]].GetProperty(option.Split(':')[1])!;

    private static object ValueOf(WebApplication app, PropertyInfo property)
    {
        var options = app.Services.GetRequiredService(typeof(IOptions<>).MakeGenericType(property.DeclaringType!));
        return options.GetType().GetProperty(nameof(IOptions<>.Value))!.GetValue(options)!;
    }

    private static WebApplication Build(params (string Key, string Value)[] values) => ShowcaseApp.Build(Arguments, builder => Configure(builder, values));

    private static void Configure(WebApplicationBuilder builder, params (string Key, string Value)[] values) =>
        builder.Configuration.AddInMemoryCollection(values.Select(static value => KeyValuePair.Create($"Showcase:{value.Key}", (string?)value.Value)));
}
