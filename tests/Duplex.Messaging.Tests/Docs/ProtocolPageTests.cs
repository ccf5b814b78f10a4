using System.Globalization;
using System.Reflection;
using Duplex.Messaging.Codes;

namespace Duplex.Messaging.Tests.Docs;

/// <summary>docs/protocol/centrifuge.md has a row for every code that the hub has, and no other.</summary>
public sealed class ProtocolPageTests
{
    [Fact]
    public void Every_code_has_a_row_with_its_words_and_every_row_a_code()
    {
        IEnumerable<(int, string)> known =
        [
            .. Values<ClientError>(typeof(ClientErrors)).Select(static error => ((int)error.Code, error.Message)),
            .. Values<Unsubscription>(typeof(Unsubscription)).Select(static reason => ((int)reason.Code, reason.Reason)),
            .. Values<Disconnect>(typeof(Disconnects)).Select(static disconnect => ((int)disconnect.Code, disconnect.Reason)),
        ];

        Assert.Equal(known.Order(), Rows());
    }

    private static IEnumerable<T> Values<T>(Type table) => table.GetProperties(BindingFlags.Public | BindingFlags.Static).Select(static property => property.GetValue(null)).OfType<T>();

    private static IEnumerable<(int Code, string Words)> Rows() => File.ReadLines(Repository.PathOf("docs", "protocol", "centrifuge.md"))
        .Select(static line => line.Split('|', StringSplitOptions.TrimEntries))
        .Where(static cells => cells.Length > 3 && int.TryParse(cells[1], CultureInfo.InvariantCulture, out _))
        .Select(static cells => (int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2]));
}
