BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Test-CnnReport' {
    BeforeAll {
        Get-CnnPrediction $coffee | Export-CnnReport "$TestDrive/report.html"
    }

    It 'finds the same again' {
        (Test-CnnReport "$TestDrive/report.html" -All).Status | Should -Be 'Same'
    }

    It 'finds a number that was changed in the page and in its data' {
        $text = Get-Content "$TestDrive/report.html" -Raw
        $text | Should -BeLike '*espresso 95.*'
        $text.Replace('espresso 95.', 'espresso 99.') | Set-Content "$TestDrive/changed.html" -NoNewline
        (Test-CnnReport "$TestDrive/changed.html" -All).Status | Should -Be 'Differs'
    }

    It 'says what is no report' {
        'text' | Set-Content "$TestDrive/none.html"
        { Test-CnnReport "$TestDrive/none.html" -ErrorAction Stop } | Should -Throw
        { Test-CnnReport "$TestDrive/nowhere.html" -ErrorAction Stop } | Should -Throw
    }

    Context 'of one that was altered in page and data alike' {
        BeforeAll {
            Get-SaliencyMap $coffee GuidedBackprop -Seed 5 | Export-CnnReport "$TestDrive/maps.html"
            $page = [IO.File]::ReadAllText("$TestDrive/maps.html")
            # What the entries say after a change of the whole text, which is no change of the page alone.
            function CheckWith([string] $Changed) {
                $Changed | Should -Not -BeExactly $page
                [IO.File]::WriteAllText("$TestDrive/forged.html", $Changed)
                $checks = @(Test-CnnReport "$TestDrive/forged.html" -All)
                $checks.Status | Should -Not -Contain 'Altered'
                $checks
            }
        }

        It 'finds another caption' {
            $checks = CheckWith $page.Replace('espresso in coffee.png', 'goldfish in coffee.png')
            $checks.Difference | Should -Be "the caption is 'espresso in coffee.png', and the report says 'goldfish in coffee.png'"
        }

        It 'finds another title' {
            (CheckWith $page.Replace('SaliencyMap: coffee', 'SaliencyMap: tea')).Difference | Should -BeLike "it is called 'SaliencyMap: coffee.png*"
        }

        It 'finds another parameter' {
            (CheckWith $page.Replace('GuidedBackprop', 'DeconvNet')).Status | Should -Be 'Differs'
        }

        It 'finds another seed' {
            $checks = CheckWith ($page -replace '(<dt>Seed</dt><dd>)5', '${1}6' -replace '"Seed":5', '"Seed":6')
            $checks.Difference | Should -Be 'its seed is 5, and the report says 6'
        }

        It 'finds another number, and a text that is not that of its number' {
            $number = [regex]::Match($page, '"Score"(?s:.*?)"Rows":\[\[(.*?)\]\]').Groups[1].Value | Select-String '"Text":"(\d+\.\d+)","Number":([\d.]+)' | ForEach-Object { $_.Matches[0] }
            $text, $value = $number.Groups[1].Value, $number.Groups[2].Value
            $forged = $page.Replace("<dd>$text</dd>", '<dd>99.5</dd>').Replace("""Text"":""$text""", '"Text":"99.5"')
            [IO.File]::WriteAllText("$TestDrive/forged.html", $forged)
            $check = @(Test-CnnReport "$TestDrive/forged.html" -Count 0)
            $check[0].Status | Should -Be 'Altered'
            $check[0].Difference | Should -BeLike "it says '99.5' of the number *"
            (CheckWith $forged.Replace("""Number"":$value,""Key"":""$value""", '"Number":99.5,"Key":"99.5"')).Difference | Should -BeLike '* is *, and the report says 99.5'
        }

        It 'finds another picture' {
            Get-SaliencyMap $coffee DeconvNet -Seed 5 | Export-CnnReport "$TestDrive/other.html"
            $mine, $other = $page, [IO.File]::ReadAllText("$TestDrive/other.html") | ForEach-Object {
                @{ Source = [regex]::Match($_, 'src="(data:image/png;base64,[^"]*)"').Groups[1].Value; Hash = [regex]::Match($_, '"Height":\d+,"Hash":"(\w{64})"').Groups[1].Value }
            }
            (CheckWith $page.Replace($mine.Source, $other.Source).Replace($mine.Hash, $other.Hash)).Difference | Should -BeLike '*picture differs by*'
        }
    }
}
