using Duplex.Messaging.Brokers;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Presence;
using Duplex.Messaging.Tokens;

namespace Duplex.Messaging.Tests.Operations;

public sealed class TokenParameterTests
{
    public static TheoryData<Type> Interfaces =>
    [
        typeof(IHub), typeof(IHubClients), typeof(IHubChannels), typeof(IHubMaps), typeof(IHubPolls),
        typeof(IBroker), typeof(IMapBroker), typeof(IPresenceStore), typeof(ITokenVerifier),
    ];

    [Theory]
    [MemberData(nameof(Interfaces))]
    public void Method_that_can_wait_takes_an_optional_token_last(Type type)
    {
        var waiting = type.GetMethods().Where(static method => IsTask(method.ReturnType)).ToArray();
        var without = waiting.Where(static method => method.GetParameters() is not [.., { HasDefaultValue: true } last] || last.ParameterType != typeof(CancellationToken));

        Assert.NotEmpty(waiting);
        Assert.Empty(without.Select(static method => method.ToString()));
    }

    [Fact]
    public void Every_group_of_the_hub_is_among_those_that_are_checked()
    {
        var groups = typeof(IHub).GetProperties().Select(static property => property.PropertyType);

        Assert.Empty(groups.Except(Interfaces.Select(static row => row.Data)));
    }

    private static bool IsTask(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)));
}
