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
}
