using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ProfilerWeaver.ReportTests;

/// <summary>A report in the browser.</summary>
sealed class ReportPage(IPage page) : IAsyncDisposable
{
    // A busy machine reads a million contexts slowly.
    const int Patience = 120_000;

    readonly List<string> requests = [];
    readonly List<string> errors = [];

    public IPage Page => page;

    /// <summary>What was asked of the disk or a network.</summary>
    public IReadOnlyList<string> Requests => requests;

    /// <summary>What the browser complained about.</summary>
    public IReadOnlyList<string> Errors => errors;

    public async Task Go(string address)
    {
        page.SetDefaultTimeout(Patience);
        page.Request += (_, request) => requests.Add(request.Url);
        page.PageError += (_, error) => errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                errors.Add(message.Text);
        };
        await page.GotoAsync(address, new() { Timeout = Patience });
        await page.Locator("#loading").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Settle();
    }

    /// <summary>Waits until nothing is being computed or drawn.</summary>
    public async Task Settle()
    {
        await Frame();
        await page.Locator(".busy").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await Frame();
    }

    public async Task Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
            await Settle();
        }
    }

    /// <summary>Goes to a view by its tab.</summary>
    public async Task View(string title)
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = title, Exact = true }).ClickAsync();
        await Settle();
    }

    public Task<string> Text(string selector) => page.Locator(selector).First.InnerTextAsync();

    public string Link => new Uri(page.Url).Fragment;

    /// <summary>The lines of a table, each a text for every column; figures as exactly as the page has them.</summary>
    /// <param name="selector">The table.</param>
    public async Task<List<Dictionary<string, string>>> Table(string selector)
    {
        // Lines are made as they come into sight.
        for (var count = -1; await page.Locator($"{selector} tbody tr").CountAsync() is var now && now != count; count = now)
        {
            await page.EvaluateAsync("selector => document.querySelector(`${selector} tbody`)?.lastElementChild?.scrollIntoView()", selector);
            await Settle();
        }
        var cells = await page.EvaluateAsync<string[][]>(
            """
            selector => {
              const table = document.querySelector(selector);
              const titles = [...table.querySelectorAll("th")].map(heading => heading.innerText.replace(/[▲▼]/g, "").trim());
              return [titles, ...[...table.querySelectorAll("tbody tr")].map(row => [...row.cells].map(cell =>
                cell.title && !cell.classList.contains("text") ? cell.title : cell.innerText.replace(/^[▸▾]/, "").trim()))];
            }
            """, selector);
        var titles = cells[0].Select((title, i) => Array.IndexOf(cells[0], title) == i ? title : $"{title} {i}").ToArray();
        return [.. cells.Skip(1).Select(row => titles.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    /// <summary>The number in a text such as <c>0.25 s</c>, <c>58,473,251 calls</c> or <c>23.8 %</c>.</summary>
    public static double Number(string text) =>
        double.Parse(Regex.Match(text.Replace(",", ""), @"-?\d+(\.\d+)?(e-?\d+)?").Value, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync() => await page.CloseAsync();

    async Task Frame() => await page.EvaluateAsync("() => new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 20)))");
}
