using System.Text.Json;
using CsCheck;
using Showcase.Comets.Physics;

namespace Showcase.Tests.Comets;

/// <summary>The motion of ships, and of comets, against what the page computes.</summary>
public sealed class FlightTests
{
    private const int Every = 50;

    private static readonly Flight Start = new(307_200, 204_800, 0, 0, 0, 0);

    private static JsonElement Recorded { get; } =
        JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "apps", "Showcase", "web", "tests", "comets", "flight.json")));

    [Fact]
    public void Ten_thousand_recorded_inputs_give_what_the_page_computes()
    {
        var (flight, tick, shots) = (Start, 0, 0);
        var expected = Recorded.GetProperty("flights").EnumerateArray().Select(Numbers).ToList();
        var flights = new List<int[]>();
        foreach (var flown in Recorded.GetProperty("flown").EnumerateArray().Select(Numbers))
        {
            for (var left = flown[1]; left > 0; left--)
            {
                flight = flight.Step((Controls)flown[0], out var fires);
                if (fires) shots++;
                if (++tick % Every != 0) continue;
                flights.Add([flight.X, flight.Y, flight.Vx, flight.Vy, flight.Heading, flight.Wait, shots]);
                shots = 0;
            }
        }

        Assert.Equal(10_000, tick);
        Assert.Equal(expected, flights);
    }

    [Fact]
    public void Comets_are_where_the_page_computes_them()
    {
        foreach (var comet in Recorded.GetProperty("comets").EnumerateArray().Select(Numbers))
            Assert.Equal(new Comet(comet[4], comet[5], comet[6]), Comet.At(comet[0], comet[1], comet[2], comet[3]));
    }

    [Fact]
    public void No_controls_fly_a_ship_faster_than_the_maximum_or_out_of_the_arena() => Gen.Byte[0, (byte)Controls.All].Array[0, 2000].Sample(static all =>
    {
        var flight = Start;
        foreach (var controls in all)
        {
            flight = flight.Step((Controls)controls, out _);
            Assert.InRange(Math.Max(Math.Abs(flight.Vx), Math.Abs(flight.Vy)), 0, Flight.MaxSpeed);
            Assert.InRange(flight.X, 0, Arena.Width);
            Assert.InRange(flight.Y, 0, Arena.Height);
        }
    });

    [Fact]
    public void A_ship_that_holds_fire_fires_three_times_a_second()
    {
        var (flight, shots) = (Start, 0);
        for (var tick = 0; tick < 10 * Arena.TicksPerSecond; tick++)
        {
            flight = flight.Step(Controls.Fire, out var fires);
            if (fires) shots++;
        }

        Assert.Equal(30, shots);
    }

    private static int[] Numbers(JsonElement numbers) => [.. numbers.EnumerateArray().Select(static number => number.GetInt32())];
}
