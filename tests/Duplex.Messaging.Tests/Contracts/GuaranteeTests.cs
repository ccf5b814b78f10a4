using System.Reflection;
using System.Xml.Linq;
using Duplex.Messaging.Brokers;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Presence;
using Duplex.Testing.Contracts;

namespace Duplex.Messaging.Tests.Contracts;

public sealed class GuaranteeTests
{
    [Theory]
    [InlineData(typeof(IBroker), typeof(BrokerContract))]
    [InlineData(typeof(IMapBroker), typeof(MapBrokerContract))]
    [InlineData(typeof(IPresenceStore), typeof(PresenceStoreContract))]
    public void Every_guarantee_of_the_documentation_has_a_test_and_every_marked_test_its_guarantee(Type contract, Type suite)
    {
        var documentation = XDocument.Load(Path.ChangeExtension(contract.Assembly.Location, ".xml"));
        var listed = documentation.Descendants("member")
            .Single(member => (string?)member.Attribute("name") == $"T:{contract.FullName}")
            .Descendants("term")
            .Select(static term => term.Value);
        var tested = suite.GetMethods().SelectMany(static method => method.GetCustomAttributes<GuaranteeAttribute>()).Select(static guarantee => guarantee.Name);

        Assert.Equal(listed.Order(StringComparer.Ordinal), tested.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(BrokerContract))]
    [InlineData(typeof(MapBrokerContract))]
    [InlineData(typeof(PresenceStoreContract))]
    public void Every_marked_method_is_a_test(Type suite) => Assert.All(
        suite.GetMethods().Where(static method => method.IsDefined(typeof(GuaranteeAttribute))),
        static method => Assert.True(method.IsDefined(typeof(FactAttribute)), method.Name));
}
