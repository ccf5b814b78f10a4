using System.Reflection;

namespace Duplex.Messaging.Tests;

/// <summary>The parts of the hub name in their constructors what they need, and each needs little.</summary>
public sealed class CompositionTests
{
    private const int MaxDependencies = 7;

    [Fact]
    public void Part_of_the_hub_has_at_most_seven_dependencies()
    {
        // The hub and its composition receive what the application supplies.
        var parts = typeof(Hub).Assembly.GetTypes()
            .Where(static type => type is { IsClass: true, IsAbstract: false, IsNested: false } && type != typeof(Hub) && type != typeof(HubComposition));

        var constructors = parts.SelectMany(static type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)).ToArray();

        Assert.Contains(constructors, static constructor => constructor.GetParameters().Length == MaxDependencies);
        Assert.DoesNotContain(constructors, static constructor => constructor.GetParameters().Length > MaxDependencies);
    }

    [Fact]
    public void Part_of_the_hub_does_not_depend_on_the_hub()
    {
        var fields = typeof(Hub).Assembly.GetTypes()
            .Where(static type => type != typeof(Hub))
            .SelectMany(static type => type.GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic));

        Assert.DoesNotContain(fields, static field => field.FieldType == typeof(Hub) || field.FieldType == typeof(HubComposition));
    }
}
