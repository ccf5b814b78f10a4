using Showcase.Tests.Wire;

namespace Showcase.Tests.Pad;

/// <summary>What a document has acknowledged outlives a process that is killed, at whatever moment.</summary>
public sealed class KilledServerTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("pad");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Every_acknowledged_letter_is_there_and_those_without_an_answer_are_sent_again_without_a_double()
    {
        const int before = 20, after = 8;
        string doc;
        long acknowledged;
        await using (var server = await ShowcaseProcess.StartAsync(_data.FullName))
        {
            await using var ada = await PadWriter.ConnectAsync(server.Http, "ada");
            doc = await ada.CreateAsync("Notes");
            for (var number = 0; number < before; number++) await ada.PushAsync(doc, number, number, Letter(number));

            // The server is killed while these are on their way: some are answered, some are stored, some never arrived.
            var last = Enumerable.Range(before, after).Select(number => ada.RawPushAsync(doc, number, number, Letter(number))).ToList();
            await Task.WhenAny(last);
            server.Kill();
            await ada.Client.ClosedAsync();
            acknowledged = before + last.Count(static push => push.IsCompletedSuccessfully);
        }

        await using var again = await ShowcaseProcess.StartAsync(_data.FullName);
        await using var back = await PadWriter.ConnectAsync(again.Http, "ada");
        var joined = await back.JoinAsync(doc, $$"""{"have":{{acknowledged}},"unsent":true}""");
        Assert.True(joined.GetProperty("version").GetInt64() >= acknowledged);
        Assert.True(joined.TryGetProperty("pushes", out _));

        // As the page does: whatever has no answer is sent once more, from the version that it has.
        if (acknowledged < before + after)
            await back.PushAsync(doc, acknowledged, acknowledged, [.. Enumerable.Range((int)acknowledged, before + after - (int)acknowledged).Select(Letter)]);
        Assert.Equal(string.Concat(Enumerable.Range(0, before + after).Select(static number => (char)('a' + number))), await back.TextAsync(doc));
    }

    private static string Letter(int number) => number == 0 ? """[[0,"a"]]""" : $$"""[{{number}},[0,"{{(char)('a' + number)}}"]]""";
}
